import { turns } from '@/words/isolate';

/**
 * A value from outside beside other text: one that has characters from right to left is laid out by itself, in the direction of its
 * first letter, and takes hold of nothing beside it. Where an element holds nothing but the value, `dir="auto"` on it does the same.
 */
export const Value = ({ text }: { text: string }) => (turns(text) ? <bdi>{text}</bdi> : text);
