/** A plan with every kind of line, rate, link and sharing, and rows that take each of their ways. */
export const PLAN = `
period: month
fiscal_year_starts: 04
rounding: half_even
params: { base: 5%, top: 8%, notice: 3 days }
data:
  people: { target_per: year }
  quotas: { prorate: days }
  deals: { columns: { margin: { type: money } } }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
  closers: payee.role == "closer"
credits:
  won: { each: deal, when: deal.stage == "won" }
  part: { each: split, when: deal.stage == "won" }
  touched:
    each: attribution
    when: deal.stage == "won"
    share: { time_decay: { half_life: 7 days } }
    share_among: attribution.touched_on <= deal.close_date
  weighed: { each: attribution, when: deal.stage == "won" and campaign.owner.department == "marketing", share: attribution.weight }
  ours: { each: deal, when: deal.stage == "won", to: company }
  leads: { each: lead }
  worked: { each: lead, when: lead.followed_up_on is present }
measures:
  bookings: sum(won.amount)
  deals_won: count(won)
  attainment: bookings / quota(bookings)
  touched_sum: sum(touched.amount)
  follow_up: count(worked) / count(leads)
  margin: sum(won.deal.margin) / bookings
rewards:
  commission:
    who: sales
    per: won
    rate:
      method: marginal
      of: quota(bookings)
      accumulate: quarter
      steps: [ { up_to: 50%, rate: base }, { below: 100%, rate: 6% }, { rate: top } ]
    links:
      worked: { because: leads are worked, by: follow_up, curve: { 50%: 90%, 100%: 110% }, beyond: continue, when_missing: 100% }
      touched: { because: won together, when: count(touched for deal) > 0, factor: 102% }
      held: { because: together or not at all, factor: 104%, at_most: 101%, unless: marketing.touched_sum >= 100000 USD }
    tail: 45 days
    cap: 2500 USD
    guarantee: 'if(payee.role == "closer", 300 USD, 0 USD)'
  retro:
    who: sales
    per: part
    rate: { method: retroactive, accumulate: month, of: 20000 USD, steps: [ { up_to: 100%, rate: 1% }, { rate: 2% } ] }
  spiff:
    who: closers
    per: won
    when: deal.type == "new"
    pay: { method: marginal, counting: 1, steps: [ { up_to: 1, rate: 10 USD }, { rate: 15 USD } ] }
  by_product:
    who: sales
    per: won
    rate: { by: deal.product, table: { pumps: 1%, spares: 2% }, else: 0.5% }
  by_margin:
    who: sales
    per: won
    rate: { by: deal.margin / deal.amount, curve: { 10%: 1%, 30%: 3% } }
  touch_bonus:
    who: marketing
    per: touched
    rate: 1.5%
    links:
      a: { because: they land it, weight: 60%, by: sales.attainment, curve: { 50%: 0%, 100%: 100% } }
      b: { because: and we open it, weight: 40%, by: [sales.attainment, result("nps")], matrix: { 50%: { 0: 50%, 50: 80% }, 100%: { 0: 90%, 50: 120% } } }
  influence_bonus: { who: marketing, per: weighed, rate: 1% }
  bonus:
    who: marketing
    pay: payee.target_pay
    links:
      gate: { because: nothing without deals, gate: sales.deals_won >= 2, otherwise: 50% }
      nps: { because: customers are happy, by: result("nps"), curve: { 0: 80%, 50: 120% }, shape: step, when_missing: 100% }
  done: { who: sales, pay: 100 USD * (bookings / quota(bookings)) }
  whole: { who: marketing, pay: "payee.target_pay * coalesce(attainment, 10%)", prorate: none }
  pool:
    who: sales or marketing
    pool: 0.3% * sum(ours.amount)
    share_by: "max(0 USD, bookings + touched_sum)"
    links:
      half: { because: a lean month, factor: 95% }
  team_pool:
    who: everyone
    pool: "1% * max(0 USD, team.bookings)"
    each: payee.team
    share_by: 1
  override: { who: closers, pay: 5% * all_reports.pay(commission) }
  quarterly: { who: marketing, every: quarter, pay: 0.1% * marketing.touched_sum.quarter }
`;

export const TABLES = {
  people: `
    person_id,name,department,team,role,manager,starts_on,ends_on,target_pay
    ana,Ana,sales,north,closer,,2026-01-01,,
    ben,Ben,sales,north,rep,ana,2026-01-01,2026-05-20,
    cy,Cy,sales,south,rep,ben,2026-01-01,,
    mo,Mo,marketing,south,,,2026-01-01,2026-04-15,24000
    mo,Mo,sales,north,rep,ana,2026-04-16,,
    nia,Nia,marketing,south,,,2026-01-01,,36000`,
  deals: `
    deal_id,owner,close_date,amount,stage,type,product,currency,margin,refund_of
    d1,ana,2026-04-03,30000.00,won,new,pumps,,6000.00,
    d2,ana,2026-04-10,20000.01,won,new,spares,,1000.00,
    d3,ben,2026-04-20,12345.67,won,renewal,hoses,,5000.00,
    d4,cy,2026-04-22,9000.00,won,new,pumps,EUR,1800.00,
    d5,mo,2026-04-28,7000.00,won,new,,,700.00,
    d6,ana,2026-05-02,41000.00,won,new,pumps,,9000.00,
    r1,ana,2026-05-05,-20000.01,won,new,spares,,-1000.00,d2
    d7,ben,2026-06-10,8000.00,won,new,pumps,,1600.00,
    d8,cy,2026-06-11,100.00,lost,new,pumps,,10.00,
    d9,cy,2026-06-12,66666.67,won,new,spares,,20000.00,`,
  splits: `
    deal_id,person_id,share
    d1,ana,50%
    d1,ben,30%
    d3,ben,33.3333%`,
  campaigns: `
    campaign_id,owner,cost
    c1,nia,1000
    c2,mo,500
    c3,cy,`,
  attributions: `
    deal_id,campaign_id,touched_on,weight
    d1,c1,2026-03-01,0.3
    d1,c2,2026-03-20,0.3
    d1,c3,2026-04-02,0.1
    d2,c1,2026-04-01,0.5
    d4,c1,2026-04-20,1
    d6,c2,2026-05-01,0.25
    d9,c1,2026-06-13,0.2
    d9,c1,2026-06-01,0.2`,
  leads: `
    lead_id,campaign_id,assigned_to,assigned_on,followed_up_on
    l1,c1,ana,2026-04-01,2026-04-02
    l2,c1,ana,2026-04-03,
    l3,c2,ben,2026-04-05,2026-04-05
    l4,c2,cy,2026-06-05,`,
  quotas: `
    for,period,measure,amount
    ana,2027-Q1,bookings,120000
    ben,2027-Q1,bookings,60000
    cy,2026-04,bookings,10000
    cy,2026-05,bookings,10000
    cy,2026-06,bookings,10000
    mo,2027,bookings,90000`,
  results: `
    result,period,value,for
    nps,2026-04,35,
    nps,2026-05,60,
    nps,2026-06,10,`,
  fx: `
    date,from,to,rate
    2026-04-21,EUR,USD,1.0837`,
  adjustments: `
    person_id,period,amount,reason,approved_by
    ben,2026-05,-12.34,overpaid in March,ana`,
};
