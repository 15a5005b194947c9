/** The side door of riscv: the proof of translated modules, for who checks each of them before it may run. */
import type { ModuleCheck } from './jit/compiler.ts';
import { verifyModule } from './jit/verify-module.ts';

const SHOWN = 5;

/** Throws when it is not proved that the module touches only what it may. */
export const checkModule: ModuleCheck = (bytes) => {
  const findings = verifyModule(bytes);
  if (findings.length > 0)
    throw new Error(`a translated module is not safe: ${findings.slice(0, SHOWN).join('; ')}`);
};
