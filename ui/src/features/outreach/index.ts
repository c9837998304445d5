// outreach: people for whom something should be done, found before they ask.
import HandHeart from '@lucide/svelte/icons/hand-heart';
import type { Screen } from '$shared/screen';
import DeskOutreach from './DeskOutreach.svelte';
import OutreachPage from './OutreachPage.svelte';

export const screens: Screen[] = [
  { path: 'outreach', title: 'outreach.title', icon: HandHeart, component: OutreachPage, group: 'register', right: 'read' },
];
export const deskAsides = [DeskOutreach];
