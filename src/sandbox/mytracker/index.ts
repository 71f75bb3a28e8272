import { defineEmulator } from '../define-emulator.ts';
import { startMytracker } from './start-mytracker.ts';

/** The emulated MyTracker. */
export default defineEmulator({ id: 'mytracker', start: startMytracker });
