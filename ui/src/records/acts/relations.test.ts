import { describe, expect, it } from 'vitest';
import { relationTo } from './relations';

describe('relations to a new head', () => {
  it('follow from what both were to the old one', () => {
    expect(relationTo('child', 'child_in_law')).toBe('spouse');
    expect(relationTo('child', 'grandchild')).toBe('child');
    expect(relationTo('spouse', 'parent')).toBe('parent_in_law');
  });

  it('are asked where nothing is certain', () => {
    expect(relationTo('non_relative', 'child')).toBeNull();
    expect(relationTo(null, 'child')).toBeNull();
    expect(relationTo('child', null)).toBeNull();
  });
});
