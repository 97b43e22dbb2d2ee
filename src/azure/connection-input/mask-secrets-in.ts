import { maskSecrets } from '../protocol/mask-secrets';

const SECRET_FIELDS = new Set(['key', 'token']);

/**
 * Replaces what looks like a secret by dots in every text but the fields `key` and `token`: a person may paste a key where
 * a name belongs, and names are shown.
 */
export function maskSecretsIn<Value>(value: Value): Value {
  return cleaned(value) as Value;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return maskSecrets(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      cleaned(name) as string,
      SECRET_FIELDS.has(name) ? inner : cleaned(inner),
    ]),
  );
}
