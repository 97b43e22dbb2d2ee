import { create } from 'zustand';
import { addConnection, currentConnections, renewConnection } from '../connections/connections';
import type { Keep } from '../connections/secret-vault';
import type { SignInApp } from '../sign-in/app-registration';
import type { SignedIn } from '../sign-in/msal';

/**
 * Signing in by leaving the page and coming back, where the browser opens no window for it. What the sign-in was for
 * waits in `sessionStorage`: ids and addresses, nothing secret.
 */
const NOTE = 'queuescope.sign-in';

/** What a sign-in is for: a connection to add, or one that is there (`renews`). */
export type ReturnPlan =
  | { account: string; endpoint: string; secondaryEndpoint?: string | undefined; keep: Keep }
  | { renews: string };

const store = create<{ problem: string | undefined }>(() => ({ problem: undefined }));

/** Why the sign-in that this page came back from did not work; undefined when there was none, or it did. */
export const useReturnProblem = () => store((state) => state.problem);

/** Leaves the page for the place to sign in. @throws Error in words */
export async function leaveToSignIn(app: SignInApp, plan: ReturnPlan, hint?: string) {
  const { signInByRedirect } = await import('../sign-in/msal');
  sessionStorage.setItem(NOTE, JSON.stringify({ app, plan }));
  await signInByRedirect(app, hint);
}

/**
 * Goes on where a sign-in left the page, if one did. The connections have been read by then. Resolves to the id of the
 * connection that it was for.
 */
export async function finishSignIn(): Promise<string | undefined> {
  const note = takeNote();
  if (!note) return undefined;
  try {
    const { returnedSignIn } = await import('../sign-in/msal');
    const found = await returnedSignIn(note.app);
    if (found) return await carryOut(note.plan, found);
    store.setState({ problem: 'Signing in was called off.' });
  } catch (error) {
    store.setState({ problem: error instanceof Error ? error.message : String(error) });
  }
  return undefined;
}

async function carryOut(plan: ReturnPlan, { signIn, token }: SignedIn): Promise<string> {
  const holder = { who: signIn.username };
  if ('renews' in plan) {
    if (currentConnections().some(({ id }) => id === plan.renews))
      await renewConnection(plan.renews, token, { holder, signIn });
    return plan.renews;
  }
  const { keep, secondaryEndpoint, ...where } = plan;
  const added = await addConnection(
    {
      ...where,
      ...(secondaryEndpoint && { secondaryEndpoint }),
      credential: { kind: 'token', token: '' },
      holder,
      signIn,
    },
    keep,
  );
  return added.id;
}

function takeNote(): { app: SignInApp; plan: ReturnPlan } | undefined {
  try {
    const note = sessionStorage.getItem(NOTE);
    sessionStorage.removeItem(NOTE);
    return note === null ? undefined : (JSON.parse(note) as { app: SignInApp; plan: ReturnPlan });
  } catch {
    return undefined;
  }
}
