/**
 * The same text, sharing no memory with the one it was cut from: engines keep the whole of an answer alive for a piece
 * of it, and an id is kept for longer than the 2 MiB that it came with. For short texts.
 */
export const ownCopy = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
