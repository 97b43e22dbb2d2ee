/**
 * Attributes of every field that takes a key, a signature or a token: neither the browser nor a password manager offers to save
 * what is in it, or fills it. The last four are those of 1Password, LastPass, Bitwarden and Dashlane.
 */
export const NO_PASSWORD = {
  autoComplete: 'off',
  'data-1p-ignore': '',
  'data-lpignore': 'true',
  'data-bwignore': '',
  'data-form-type': 'other',
} as const;
