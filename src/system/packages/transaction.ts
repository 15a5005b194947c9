/** What an installation would do to an image: computed whole, before anything is touched. */
import { type AcceptanceLevel, isAtLeast } from './acceptance.ts';
import type { Constraint, Descriptor } from './descriptor.ts';
import { type Image, type Installed, vibId } from './image.ts';
import { compareVersions, satisfies } from './version.ts';

/** What a change makes of an image. */
export interface Plan {
  readonly image: Image;
  readonly installed: readonly Installed[];
  readonly removed: readonly Installed[];
  /** Ids of packages that are there already, or newer. */
  readonly skipped: readonly string[];
}

/** What is asked for. */
export type Change =
  | { readonly kind: 'install' | 'update'; readonly packages: readonly Installed[] }
  | { readonly kind: 'remove'; readonly names: readonly string[] }
  /** The image becomes these packages, and no others. */
  | {
      readonly kind: 'replace';
      readonly name: string;
      readonly vendor: string;
      readonly packages: readonly Installed[];
    };

/** The plan of a change; a text says why it cannot be. `base`: what the program itself is, which always stays. */
export function planChange(image: Image, change: Change, base: Descriptor): Plan | string {
  const plan = planned(image, change, base);
  if (typeof plan === 'string') return plan;
  return constraintProblem(plan.image, base) ?? plan;
}

function planned(image: Image, change: Change, base: Descriptor): Plan | string {
  if (change.kind === 'remove') return planRemoval(image, change.names, base);
  if (change.packages.some((each) => nameOf(each) === base.name))
    return `"${base.name}" is the program itself`;
  if (change.kind === 'replace') return planReplacement(image, change);
  const twice = change.packages.find(
    (each, i) => change.packages.findIndex((other) => nameOf(other) === nameOf(each)) !== i,
  );
  if (twice !== undefined) return `package "${nameOf(twice)}" is given twice`;
  const isWanted = (each: Installed) => isWantedIn(image, each, change.kind === 'update');
  const installed = change.packages.filter(isWanted);
  const skipped = change.packages.filter((each) => !isWanted(each)).map(({ vib }) => vibId(vib));
  const removed = image.packages.filter((old) => installed.some((each) => replaces(each, old)));
  const packages = [...image.packages.filter((each) => !removed.includes(each)), ...installed];
  return { image: { ...image, packages }, installed, removed, skipped };
}

/** Why a level cannot be the host's: a package of the image is below it. */
export function levelProblem(image: Image, level: AcceptanceLevel): string | undefined {
  const below = image.packages.find(({ vib }) => !isAtLeast(vib.descriptor.acceptance, level));
  return below && `package "${nameOf(below)}" is ${below.vib.descriptor.acceptance}, which is below ${level}`;
}

function planRemoval(image: Image, names: readonly string[], base: Descriptor): Plan | string {
  if (names.includes(base.name)) return `"${base.name}" is the program itself, and stays`;
  const unknown = names.find((name) => !image.packages.some((each) => nameOf(each) === name));
  if (unknown !== undefined) return `there is no package "${unknown}"`;
  const removed = image.packages.filter((each) => names.includes(nameOf(each)));
  const packages = image.packages.filter((each) => !removed.includes(each));
  return { image: { ...image, packages }, installed: [], removed, skipped: [] };
}

function planReplacement(image: Image, change: Extract<Change, { kind: 'replace' }>): Plan {
  const same = (a: Installed) => image.packages.find((old) => vibId(old.vib) === vibId(a.vib));
  const packages = change.packages.map((each) => same(each) ?? each);
  return {
    image: { ...image, name: change.name, vendor: change.vendor, packages },
    installed: packages.filter((each) => !image.packages.includes(each)),
    removed: image.packages.filter((each) => !packages.includes(each)),
    skipped: packages.filter((each) => image.packages.includes(each)).map(({ vib }) => vibId(vib)),
  };
}

/** An update takes only what is newer than what is there; an installation all that is not there as it is. */
function isWantedIn(image: Image, each: Installed, updatesOnly: boolean): boolean {
  const old = image.packages.find((other) => nameOf(other) === nameOf(each));
  if (old === undefined) return !updatesOnly;
  const order = compareVersions(each.vib.descriptor.version, old.vib.descriptor.version);
  return updatesOnly ? order > 0 : order !== 0;
}

function replaces(next: Installed, old: Installed): boolean {
  return (
    nameOf(next) === nameOf(old) ||
    next.vib.descriptor.replaces.some((each) => fits(each, old.vib.descriptor))
  );
}

/** What an image lacks, or has too much. */
function constraintProblem(image: Image, base: Descriptor): string | undefined {
  const descriptors = [base, ...image.packages.map(({ vib }) => vib.descriptor)];
  for (const descriptor of descriptors) {
    const missing = descriptor.depends.find((each) => !descriptors.some((other) => fits(each, other)));
    if (missing !== undefined) return `package "${descriptor.name}" needs ${say(missing)}`;
    const conflict = descriptor.conflicts.find((each) =>
      descriptors.some((other) => other !== descriptor && fits(each, other)),
    );
    if (conflict !== undefined) return `package "${descriptor.name}" cannot be with ${say(conflict)}`;
  }
  return undefined;
}

/** Whether a package is, or provides, what a constraint names. */
function fits({ name, relation, version }: Constraint, { provides, ...own }: Descriptor): boolean {
  const offers = [{ name: own.name, version: own.version }, ...provides];
  return offers.some(
    (offer) =>
      offer.name === name &&
      (relation === undefined ||
        version === undefined ||
        (offer.version !== undefined && satisfies(offer.version, relation, version))),
  );
}

function say({ name, relation, version }: Constraint): string {
  return relation === undefined ? `"${name}"` : `"${name} ${relation} ${version}"`;
}

function nameOf({ vib }: Installed): string {
  return vib.descriptor.name;
}
