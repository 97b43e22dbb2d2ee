import { ShieldAlert } from 'lucide-react';
import { AllowAddress } from './allow-address';

type BlockedAddressProps = { address: string; beforeReload: () => void };

/** Says in a form that this page may not reach an address, and how it may. */
export const BlockedAddress = ({ address, beforeReload }: BlockedAddressProps) => (
  <section aria-label="Address not allowed" className="flex gap-2.5 rounded-8 border border-warn-line bg-warn-tint p-3">
    <ShieldAlert aria-hidden="true" className="mt-0.5 flex-none text-warn" />
    <div className="grid min-w-0 flex-1 gap-2">
      <div role="status">
        <h3 className="font-semibold [overflow-wrap:anywhere]">This page may not reach {new URL(address).host} yet</h3>
      </div>
      <p className="text-12 text-text-2">
        It reaches the hosts of Azure, the emulator at its usual port, and the addresses that were added. Check that
        this one is right: what you enter or sign in with next goes there.
      </p>
      <AllowAddress address={address} beforeReload={beforeReload} />
    </div>
  </section>
);
