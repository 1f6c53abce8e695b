#!/usr/bin/env node
// A stub, so that the bin link exists at install time; the program is built into dist/.
import '../dist/main.js';
