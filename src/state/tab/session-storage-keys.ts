/** The keys of this page's session storage that begin so; none in a page without one, which a reload makes forget all. */
export function sessionKeys(prefix: string): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
