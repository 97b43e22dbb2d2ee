import { useEffect, useState } from 'react';
import { lookForOther } from '@/parts/other-build';
import type { SignInApp } from '@/state/sign-in/app-registration';
import type { SignedIn } from '@/state/sign-in/msal';
import { leaveToSignIn, type ReturnPlan } from '@/state/start/finish-redirect';
import { mayReach } from '@/state/tab/page-policy';

/** Loads MSAL, which only a sign-in needs. */
const loadSignIn = () => import('@/state/sign-in/msal');

/** The content policy lists the authorities of Azure, and those that the server of this page is started with. */
const unreached = ({ authority }: SignInApp) =>
  `This page may not reach ${new URL(authority).host}, where one signs in. Whoever hosts the page can add it: see “Content policy” in docs/hosting.md.`;

/** Signs in by a window, or in this tab where the browser opens none. `problem` says what went wrong. */
export function useSignIn() {
  const [isWaiting, setIsWaiting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isBlocked, setIsBlocked] = useState(false);
  // A browser lets a window open only right after a press, so the code has to be loaded by then.
  useEffect(() => void loadSignIn().catch(() => {}), []);

  async function signIn(app: SignInApp, hint?: string): Promise<SignedIn | undefined> {
    setProblem(mayReach(app.authority) ? undefined : unreached(app));
    setIsBlocked(false);
    if (!mayReach(app.authority)) return undefined;
    setIsWaiting(true);
    try {
      const { signInByPopup } = await loadSignIn();
      return await signInByPopup(app, hint);
    } catch (error) {
      void lookForOther(error);
      setIsBlocked(error instanceof Error && error.name === 'PopupBlockedError');
      setProblem(error instanceof Error ? error.message : String(error));
      return undefined;
    } finally {
      setIsWaiting(false);
    }
  }

  /** Leaves the page to sign in; `plan` is carried out on return. */
  async function signInHere(app: SignInApp, plan: ReturnPlan, hint?: string) {
    setProblem(undefined);
    try {
      await leaveToSignIn(app, plan, hint);
    } catch (error) {
      void lookForOther(error);
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  return { signIn, signInHere, isWaiting, isBlocked, problem };
}
