import { defineEmulator } from '../define-emulator.ts';
import { startAdapty } from './start-adapty.ts';

/** The emulated Adapty. */
export default defineEmulator({ id: 'adapty', start: startAdapty });
