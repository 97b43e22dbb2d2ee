/**
 * The same text, sharing no memory with the one it was cut from: engines keep the whole of an answer alive for a piece
 * of it, and an id is kept for longer than the 2 MiB that it came with. For short texts.
 */
export const ownCopy = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

/**
 * The same for texts of messages: one copy of the text, where the piece would keep the markup of all messages of its answer
 * alive. What is added and cut off again makes engines write a joined text out before they cut it.
 */
export const ownText = (text: string): string => ` ${text}`.slice(1);
