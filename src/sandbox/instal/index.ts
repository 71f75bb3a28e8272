import { defineEmulator } from '../define-emulator.ts';
import { startInstal } from './start-instal.ts';

/** The emulated Instal. */
export default defineEmulator({ id: 'instal', start: startInstal });
