import { create } from 'zustand';

/** Whether the list of all leases is open; a new page begins without it. */
const store = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

export const useLeasesOpen = () => store(({ isOpen }) => isOpen);
export const areLeasesOpen = () => store.getState().isOpen;
export const openLeases = (isOpen: boolean) => store.setState({ isOpen });
