#include "admin/answers.hpp"
#include "admin/api.hpp"
#include "admin/fields.hpp"
#include "admin/forms_json.hpp"
#include "admin/parameters.hpp"
#include "engine/calendar.hpp"

#include <boost/json/array.hpp>

#include <chrono>
#include <utility>

/// What goes out in some days.
namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr Duration longest = std::chrono::hours{24 * 62};
/// What lies further ahead is reckoned through from now on.
constexpr Duration furthest = std::chrono::hours{24 * 400};

json::object row_json(const engine::CalendarRow& row) {
    const engine::Planned& planned = row.planned;
    const PostContent& content = planned.post.content;
    json::object object;
    object["due"] = to_rfc3339(planned.due);
    object["leaves"] = planned.leaves ? json::value(to_rfc3339(*planned.leaves)) : json::value();
    object["account"] = planned.account;
    json::object origin;
    origin["kind"] = json::value(to_text(row.origin.kind));
    origin["name"] = row.origin.name;
    object["origin"] = std::move(origin);
    object["entry"] = row.origin.kind == OriginKind::entry ? json::value(row.origin.name) : json::value();
    object["part"] = planned.part;
    object["parts"] = planned.parts;
    object["text"] = content.status;
    object["spoiler_text"] = content.spoiler_text;
    object["visibility"] = json::value(to_text(content.visibility));
    object["length"] = planned.post.length;
    object["limit"] = planned.post.limit;
    object["state"] = json::value(row.post ? to_text(row.post->state) : std::string_view{"planned"});
    object["post"] = row.post ? json::value(row.post->id) : json::value();
    object["url"] =
        row.post && !row.post->status_url.empty() ? json::value(row.post->status_url) : json::value();
    json::array media;
    for (const Media& one : content.media) {
        json::object entry;
        entry["alt"] = one.alt;
        media.push_back(std::move(entry));
    }
    object["media"] = std::move(media);
    if (content.poll)
        object["poll"] = to_json(*content.poll);
    object["note"] = engine::note_of(planned);
    return object;
}

} // namespace

asio::awaitable<LocalResponse> Api::calendar(const LocalRequest& request) {
    Parameters parameters{request};
    engine::CalendarQuery query;
    const Instant now = clock_.now();
    query.from = parameters.time("from").value_or(now);
    query.until = parameters.time("to").value_or(query.from + std::chrono::hours{24 * 7});
    query.account = parameters.text("account");
    if (query.until <= query.from)
        parameters.refuse(wrong_field("to", "after `from`"));
    else if (query.until - query.from > longest)
        parameters.refuse(wrong_field("to", "at most 62 days after `from`"));
    else if (query.until > now + furthest)
        parameters.refuse(wrong_field("to", "at most 400 days from now"));
    if (!query.account.empty() && engine_.settings().accounts.count(query.account) == 0)
        parameters.refuse(Failure{Cause::usage, "there is no account named " + query.account,
                                  "the names stand under `accounts:` in the configuration"});
    if (const Result<> good = parameters.done(); !good)
        co_return refuse(good.error());
    const Result<engine::CalendarPage> page = co_await engine::calendar_of(engine_, std::move(query));
    if (!page)
        co_return refuse(page.error());
    json::array list;
    for (const engine::CalendarRow& row : page->rows)
        list.push_back(row_json(row));
    json::object object;
    object["items"] = std::move(list);
    object["more"] = page->more;
    co_return ok(object);
}

} // namespace crier::admin
