// The guest process that runs the author's TypeScript and JavaScript. Its wire is file descriptor 3.
import { runGuest } from './run-guest.ts';

runGuest();
