/** How long work tells what it is doing. */

/** Told what is going on, and how far it is in 0 … 1 where that is known; called as often as one likes. */
export type Report = (activity: string, fraction?: number) => void;
