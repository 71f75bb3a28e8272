import { defineEmulator } from '../define-emulator.ts';
import { startOpenpanel } from './start-openpanel.ts';

/** The emulated OpenPanel. */
export default defineEmulator({ id: 'openpanel', start: startOpenpanel });
