-- What two loads of monthly reports ($1 the earlier, $2 the later) say differently: clinic, month and field, with both
-- values; a report that only one of them holds is named once, without a field.
with first as (
    select r.site_id, r.month, to_jsonb(r) as cells from monthly_report r where r.receipt_id = $1::int
), second as (
    select r.site_id, r.month, to_jsonb(r) as cells from monthly_report r where r.receipt_id = $2::int
), pair as (
    select site_id, month, f.cells as was, s.cells as is_now
    from first f
    full join second s using (site_id, month)
)
select c.code as site, to_char(p.month, 'YYYY-MM') as month, null as field,
       case when p.was is null then 'second' else 'first' end as only_in, null as was, null as is_now
from pair p
join site c using (site_id)
where p.was is null or p.is_now is null
union all
select c.code, to_char(p.month, 'YYYY-MM'), cell.name, null, cell.value, p.is_now ->> cell.name
from pair p
join site c using (site_id)
cross join lateral jsonb_each_text(
    p.was - array['site_id', 'month', 'version', 'receipt_id', 'line', 'received_at', 'arrived_at', 'submitted_at'])
    as cell (name, value)
where p.was is not null and p.is_now is not null and cell.value is distinct from p.is_now ->> cell.name
order by site, month, field nulls first;
