import { KeyRound, LogOut } from 'lucide-react';
import { type StoredConnection, signOutOf } from '@/state/connections/connections';
import { promptForToken } from '@/state/sign-in/token-prompts';
import type { MenuItem } from '@/ui/overlay/menu';
import { toast } from '@/ui/overlay/toast';

/** The menu items about the access token of a connection; none for other credentials. */
export function tokenItems({ id, kind, signIn }: StoredConnection): MenuItem[] {
  if (kind !== 'token') return [];
  if (!signIn) return [{ label: 'Replace token', icon: <KeyRound />, onSelect: () => promptForToken(id) }];
  return [
    { label: 'Sign in again', icon: <KeyRound />, onSelect: () => promptForToken(id) },
    { label: 'Sign out', icon: <LogOut />, onSelect: () => void signOut(id, signIn.username) },
  ];
}

async function signOut(id: string, username: string) {
  await signOutOf(id);
  toast({
    title: `Signed out ${username}`,
    detail: 'The connection stays. Its next request asks to sign in.',
    tone: 'success',
  });
}
