/** A plan and tables of people with names and ids that try to be something else than text. */
export const HOSTILE_PEOPLE = [
  ['ana.duarte@firm.example', '</script><script>document.title="run"</script>', 'sales', 'PR-90817'],
  ['id-"quoted"-41', '<img src="https://evil.example/a.png" onerror="document.title=1">', 'sales', 'PR-90818'],
  ['מזהה-42', 'שרה כהן-לוי', 'marketing', 'PR-90819'],
  ['zoë-👩‍🚀-43', 'Zoë 👩‍🚀 \u202eevil\u202c', 'marketing', 'PR-90820'],
  ['<!--44', '<!-- --> ]]> & &amp; $& \u2028 $1', 'sales', 'PR-90821'],
] as const;

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const csv = (header: string, rows: readonly (readonly string[])[]): string =>
  `${[header, ...rows.map((row) => row.map(cell).join(','))].join('\n')}\n`;

const [ana, quoted, sara, zoe, comment] = HOSTILE_PEOPLE.map(([id]) => id) as [string, string, string, string, string];

export const HOSTILE: Readonly<Record<string, string>> = {
  'align-pay.yaml': `plan: "Hostile </script><b>plan</b>"
currency: USD
period: quarter
data: { people: { target_per: quarter } }
params: { base_rate: 6% } # </script>
groups: { sales: payee.department == "sales", marketing: payee.department == "marketing" }
credits:
  won: { each: deal, when: deal.stage == "won" }
  touched: { each: attribution, share: linear }
measures:
  bookings: sum(won.amount)
rewards:
  commission:
    who: sales
    per: won
    rate: base_rate
    links:
      reach: { because: "They </script> find it", by: marketing.bookings + sum(touched.amount), curve: { 0 USD: 90%, 9000 USD: 110% } }
  bonus: { who: marketing, pay: payee.target_pay, links: { lands: { because: lands, by: sales.bookings, curve: { 0 USD: 50%, 90000 USD: 150% } } } }
`,
  'people.csv': csv(
    'person_id,name,department,manager,target_pay,payroll_id,cost_center',
    HOSTILE_PEOPLE.map(([id, name, department, payroll]) => [
      id,
      name,
      department,
      id === ana ? '' : ana,
      '1000',
      payroll,
      `CC-${payroll}`,
    ]),
  ),
  'deals.csv': csv('deal_id,owner,close_date,amount,stage,account', [
    ['d1</script>', ana, '2026-01-10', '20000', 'won', 'The Duarte family'],
    ['d2', quoted, '2026-02-10', '30000', 'won', 'b'],
    ['d3', comment, '2026-03-30', '10000', 'won', 'c'],
  ]),
  'campaigns.csv': csv('campaign_id,owner', [
    ['c1', sara],
    ['c2', zoe],
  ]),
  'attributions.csv': csv('deal_id,campaign_id,touched_on', [
    ['d1</script>', 'c1', '2026-01-01'],
    ['d2', 'c2', '2026-01-02'],
  ]),
  'quotas.csv': csv('for,period,measure,amount', [
    [ana, '2026-Q1', 'bookings', '20000'],
    [comment, '2026-Q1', 'bookings', '20000'],
  ]),
  'adjustments.csv': csv('person_id,period,amount,reason,approved_by', [
    [zoe, '2026-Q1', '12.34', `for Zoë, as ${ana} said`, ana],
  ]),
};
