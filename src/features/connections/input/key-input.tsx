import type { ComponentProps } from 'react';
import { TextInput } from '@/ui/controls/field';
import { NO_PASSWORD } from './no-password';

/**
 * A field for a secret that is pasted. It shows dots, is no password for the browser, which would offer to save it, and is left
 * out of what the browser restores after a restart. Uncontrolled: React writes the value of a controlled field into an
 * attribute.
 */
export const KeyInput = (props: Omit<ComponentProps<typeof TextInput>, 'value' | 'type' | 'className'>) => (
  <TextInput {...props} mono {...NO_PASSWORD} className="[-webkit-text-security:disc]" />
);
