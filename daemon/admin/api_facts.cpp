#include "admin/answers.hpp"
#include "admin/api.hpp"
#include "admin/fields.hpp"
#include "admin/parameters.hpp"
#include "admin/routes.hpp"
#include "core/day_tally.hpp"
#include "core/schedule/zone/zone.hpp"
#include "engine/shown_items.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>

#include <chrono>
#include <utility>

/// What there was: posts by day and how late they were, and what sources have shown.
namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

using schedule::Zone;

/// When each of the last `count` days begins where that zone's clocks hang, and when today ends.
std::vector<Instant> last_days(const Zone& zone, Instant now, std::size_t count) {
    const auto today = std::chrono::floor<std::chrono::days>(zone.to_local(now));
    std::vector<Instant> days;
    for (auto back = static_cast<int>(count) - 1; back >= -1; --back)
        days.push_back(zone.to_instant(schedule::LocalTime{today - std::chrono::days{back}}).first);
    return days;
}

std::string date_of(const Zone& zone, Instant day) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(
        std::chrono::sys_seconds{zone.to_local(day).time_since_epoch()})};
    const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) +
           "-" + two(static_cast<unsigned>(date.day()));
}

std::int64_t milliseconds(Duration length) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(length).count();
}

json::object lateness_json(const Lateness& lateness) {
    json::object object;
    object["count"] = lateness.count;
    object["p50_ms"] = milliseconds(lateness.p50);
    object["p90_ms"] = milliseconds(lateness.p90);
    object["p99_ms"] = milliseconds(lateness.p99);
    object["max_ms"] = milliseconds(lateness.most);
    json::array late;
    for (const LatePost& post : lateness.worst) {
        json::object one;
        one["id"] = post.id;
        one["account"] = post.account;
        one["due"] = to_rfc3339(post.due);
        one["late_ms"] = milliseconds(post.late);
        late.push_back(std::move(one));
    }
    object["late"] = std::move(late);
    return object;
}

json::object item_json(const engine::ShownItem& item) {
    json::object object;
    object["id"] = item.item.hex();
    object["title"] = item.title;
    object["link"] = item.link;
    object["seen"] = to_rfc3339(item.seen);
    object["verdict"] = item.on.front().verdict;
    json::array posts;
    json::array on;
    for (const engine::ShownItem::On& account : item.on) {
        json::object one;
        one["account"] = account.account;
        one["verdict"] = account.verdict;
        one["post"] = account.post ? json::value(*account.post) : json::value();
        on.push_back(std::move(one));
        if (account.post)
            posts.push_back(json::value(*account.post));
    }
    object["posts"] = std::move(posts);
    object["accounts"] = std::move(on);
    return object;
}

} // namespace

asio::awaitable<LocalResponse> Api::stats(const LocalRequest& request) {
    constexpr std::size_t most_days = 366;
    Parameters parameters{request};
    const std::size_t count = parameters.number("days", 30, most_days);
    std::string name = parameters.text("timezone");
    if (name.empty())
        name = engine_.settings().timezone;
    if (const Result<> good = parameters.done(); !good)
        co_return refuse(good.error());
    const Result<Zone> zone = Zone::find(name);
    if (!zone)
        co_return refuse(Failure{Cause::usage, zone.error().message, zone.error().hint});
    std::vector<Instant> days = last_days(*zone, clock_.now(), count);
    const Result<Counted> counted = co_await engine_.store().count_days(days);
    if (!counted)
        co_return refuse(counted.error());
    json::array list;
    for (std::size_t i = 0; i < counted->days.size(); ++i) {
        const DayCount& of_day = counted->days[i];
        json::object day;
        day["date"] = date_of(*zone, days[i]);
        day["published"] = of_day.published;
        day["failed"] = of_day.failed;
        json::object by_account;
        for (const auto& [account, published] : of_day.by_account)
            by_account[account] = published;
        day["by_account"] = std::move(by_account);
        list.push_back(std::move(day));
    }
    json::object object;
    object["timezone"] = name;
    object["days"] = std::move(list);
    object["lateness"] = lateness_json(counted->lateness);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::source_items(const LocalRequest& request) {
    const std::string name{name_in(request.path)};
    Parameters parameters{request};
    const std::size_t limit = parameters.number("limit", 20, 100);
    if (const Result<> good = parameters.done(); !good)
        co_return refuse(good.error());
    const SourceSettings* source = find_source(engine_.settings(), name);
    if (source == nullptr)
        co_return refuse(Failure{Cause::not_found, "there is no source named " + name,
                                 "the names stand under `sources:` in the configuration"});
    const Result<std::vector<engine::ShownItem>> items = co_await engine::last_items(engine_, *source, limit);
    if (!items)
        co_return refuse(items.error());
    json::array list;
    for (const engine::ShownItem& item : *items)
        list.push_back(item_json(item));
    json::object object;
    object["source"] = name;
    object["items"] = std::move(list);
    co_return ok(object);
}

} // namespace crier::admin
