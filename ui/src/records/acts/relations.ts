// How relations to the head change when somebody else is the head: what is certain enough to be offered, the rest is asked.

/** What somebody is to the new head, by what the new head and they were to the old one. */
const followed: Record<string, Record<string, string>> = {
  child: {
    head: 'parent',
    spouse: 'parent',
    child: 'sibling',
    child_in_law: 'spouse',
    grandchild: 'child',
    grandchild_in_law: 'child_in_law',
    great_grandchild: 'grandchild',
    parent: 'grandparent',
    sibling: 'other_relative',
  },
  spouse: {
    head: 'spouse',
    child: 'child',
    adopted_child: 'adopted_child',
    child_in_law: 'child_in_law',
    grandchild: 'grandchild',
    great_grandchild: 'great_grandchild',
    parent: 'parent_in_law',
    parent_in_law: 'parent',
  },
  child_in_law: { head: 'parent_in_law', spouse: 'parent_in_law', child: 'spouse', grandchild: 'child' },
  parent: {
    head: 'child',
    spouse: 'child_in_law',
    child: 'grandchild',
    parent: 'spouse',
    sibling: 'child',
    grandchild: 'great_grandchild',
  },
  sibling: { head: 'sibling', sibling: 'sibling', parent: 'parent', child: 'niece_nephew' },
  grandchild: { head: 'grandparent', spouse: 'grandparent', child: 'parent', child_in_law: 'parent', grandchild: 'sibling' },
};

export function relationTo(newHead: string | null, member: string | null): string | null {
  if (!newHead || !member) return null;
  return followed[newHead]?.[member] ?? null;
}
