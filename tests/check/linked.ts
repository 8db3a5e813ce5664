/** A sound plan of two departments that are bound to each other, from which the tests take one thing away at a time. */
export const LINKED = `plan: Linked
currency: USD
period: quarter
params:
  base_rate: 6%
data:
  people: { target_per: year }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won: { each: deal, when: deal.stage == "won" }
  influenced:
    each: attribution
    when: deal.stage == "won"
    share: linear
    share_among: attribution.touched_on <= deal.close_date
  carried_through:
    each: attribution
    when: deal.stage == "won" and deal.owner == campaign.originator
    to: campaign.originator
    share: linear
    share_among: attribution.touched_on <= deal.close_date
  handed_over:
    each: lead
    when: campaign.announced_on <= lead.assigned_on - 5 days
  worked:
    each: lead
    when: campaign.announced_on <= lead.assigned_on - 5 days and lead.followed_up_on <= lead.assigned_on + 2 days
measures:
  bookings: sum(won.amount)
  influence: sum(influenced.amount)
  attainment: bookings / quota(bookings)
  influence_attainment: influence / quota(influence)
  follow_up: count(worked) / count(handed_over)
rewards:
  commission:
    who: sales
    per: won
    rate: base_rate
    links:
      hand_over:
        because: Sales works the campaigns it was told of
        by: follow_up
        curve: { 50%: 90%, 80%: 100%, 100%: 105% }
        when_missing: 100%
      won_together:
        because: A deal that marketing opened is won together
        when: count(influenced for deal) > 0
        factor: 102%
  bonus:
    who: marketing
    pay: payee.target_pay
    links:
      lands:
        because: Marketing is paid when sales lands the business
        weight: 60%
        by: sales.attainment
        curve: { 80%: 0%, 100%: 100%, 120%: 150% }
      influence_goal:
        because: and for the deals that it helped to win
        weight: 40%
        by: influence_attainment
        curve: { 50%: 0%, 100%: 100%, 150%: 200% }
  idea:
    per: carried_through
    rate: 1%
    cap: 20000 USD
`;

/** A text with some of it exchanged; throws where that is not in it once. */
export const exchanged = (text: string, ...pairs: readonly (readonly [string, string])[]): string => {
  let changed = text;
  for (const [from, to] of pairs) {
    if (changed.split(from).length !== 2) throw new Error(`not once in the text: ${from}`);
    changed = changed.replace(from, () => to);
  }
  return changed;
};

/** The line, from 1, on which a stretch of a text begins. */
export const lineOf = (text: string, stretch: string): number => {
  const at = text.indexOf(stretch);
  if (at < 0) throw new Error(`not in the text: ${stretch}`);
  return text.slice(0, at).split('\n').length;
};
