import { defineEmulator } from '../define-emulator.ts';
import { startGrowingio } from './start-growingio.ts';

/** The emulated GrowingIO. */
export default defineEmulator({ id: 'growingio', start: startGrowingio });
