/**
 * What is loaded at once with what is wanted, that included: all that it imports.
 * @template {{ imports?: string[] }} Chunk
 * @param {Record<string, Chunk>} chunks by the names that `imports` gives them
 * @param {(key: string, chunk: Chunk) => boolean} isWanted
 * @returns {Set<string>} names
 */
export function closure(chunks, isWanted) {
  /** @type {Set<string>} */
  const found = new Set();
  const add = (/** @type {string} */ key) => {
    if (found.has(key)) return;
    found.add(key);
    chunks[key]?.imports?.forEach(add);
  };
  for (const [key, chunk] of Object.entries(chunks)) if (isWanted(key, chunk)) add(key);
  return found;
}
