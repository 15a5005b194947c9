/** Access to the control and status registers by their number in CSRS, from the rows of isa/csr.ts. */
import { CSRS, type Csr, csrPrivilege } from '../isa/csr.ts';
import type { FunctionBuilder, Label } from '../wasm/function-builder.ts';
import { i32, i64, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import type { Core } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';
import { isInPlace, writeInPlace } from './csr-in-place.ts';

const FS_DIRTY = 3;

export function defineCsrs(core: Core): void {
  core.define('csrRead', (f) => {
    const x = new CoreSemantics(f, core, f.param(2));
    const illegal = () => {
      x.do('illegal');
      f.return(i64(0n));
    };
    choose(f, f.param(1), CSRS, (csr) => {
      checkAccess(x, csr, illegal);
      f.return(csr.read(x));
    });
    f.unreachable();
  });
  core.define('csrWrite', (f) => {
    const x = new CoreSemantics(f, core);
    choose(f, f.param(1), CSRS, (csr) => {
      if (!csr.write) return f.unreachable();
      x.effects = 0;
      const isOver = isInPlace(csr) ? writeInPlace(x, csr, f.param(2)) : undefined;
      if (!isOver) csr.write(x, f.param(2));
      if (csr.float) x.set32('fs', i32(FS_DIRTY));
      f.return(isOver ? op('i32', Op.select, i32(x.effects), i32(0), isOver) : i32(x.effects));
    });
    f.unreachable();
  });
}

/** The checks that depend on the hart's state; those that the instruction alone decides were made when it was decoded. */
function checkAccess(x: CoreSemantics, csr: Csr, illegal: () => void): void {
  const { f } = x;
  const inUser = op('i32', Op.i32_eqz, x.get32('mode'));
  if (csrPrivilege(csr.address) > 0) f.if(inUser, illegal);
  if (csr.float) f.if(op('i32', Op.i32_eqz, x.get32('fs')), illegal);
  if (csr.counterBit === undefined) return;
  const isOpen = x.and(x.get('scounteren'), i64(1n << BigInt(csr.counterBit)));
  f.if(op('i32', Op.i32_and, inUser, x.eq(isOpen, i64(0n))), illegal);
}

/** Does one of several things by number; each must leave the function. */
function choose<T>(f: FunctionBuilder, selector: Node, rows: readonly T[], body: (row: T) => void): void {
  const labels: Label[] = [];
  const nest = (place: number): void => {
    const row = rows[place];
    if (row === undefined) return f.brTable(selector, labels, labels[0] as Label);
    f.block((label) => {
      labels.push(label);
      nest(place + 1);
    });
    body(row);
  };
  nest(0);
}
