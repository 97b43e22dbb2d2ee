export type Bell = { rings: Promise<void>; ring: () => void };

/** Rings once. */
export function createBell(): Bell {
  const bell = { rings: Promise.resolve(), ring: () => {} };
  bell.rings = new Promise<void>((resolve) => (bell.ring = resolve));
  return bell;
}
