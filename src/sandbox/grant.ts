/** What the credentials of a request allow. */
export type Grant =
  | { kind: 'key' }
  /** `types` are letters out of `sco`, `permissions` those of `sp`. */
  | { kind: 'account-sas'; types: string; permissions: string }
  | { kind: 'queue-sas'; permissions: string };
