// Both in one process, for convenience; each runs on its own too.
import './apps.ts';
import './customers.ts';
