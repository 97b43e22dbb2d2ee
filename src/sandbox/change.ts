/** A change of the contents of a sandbox. */
export type SandboxChange =
  | { what: 'sent' | 'received' | 'updated' | 'deleted'; queue: string; ids: readonly string[] }
  | { what: 'cleared' | 'created' | 'removed' | 'metadata' | 'policies'; queue: string }
  | { what: 'properties' | 'reset' | 'restored' };
