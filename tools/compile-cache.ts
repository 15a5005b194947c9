// Loaded before each test file: what tests import is compiled once for all of them, and kept by Node's compile cache.
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Not where the program keeps its own, which is compiled for other flags of V8: each would throw away the other's.
enableCompileCache(join(tmpdir(), 'vmkernel-test-compile-cache'));
