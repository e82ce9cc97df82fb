#include "crash/judge.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace crier::crash {

namespace json = boost::json;

namespace {

using Where = std::pair<std::string, std::string>; // account, text

std::string field(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || value->is_null())
        return {};
    return value->is_string() ? std::string{value->get_string()} : json::serialize(*value);
}

std::string show(const Where& place) {
    return '"' + place.second + "\" on " + place.first;
}

/// Empty: its pictures are what was asked for.
std::string wrong_media(const Wanted& wanted, const json::object& status) {
    const json::array& media = status.at("media").as_array();
    const std::size_t expected = wanted.alt.empty() ? 0 : 1;
    if (media.size() != expected)
        return "has " + std::to_string(media.size()) + " pictures, not " + std::to_string(expected);
    if (expected == 1 && field(media[0].as_object(), "description") != wanted.alt)
        return "has the picture \"" + field(media[0].as_object(), "description") + "\", not \"" + wanted.alt +
               '"';
    return {};
}

/// Each tick from the first that is there to the last.
void add_ticks(std::vector<Wanted>& wanted, const json::array& statuses) {
    std::map<std::string, std::set<Second>> seen;
    for (const json::value& status : statuses) {
        const std::string text = field(status.as_object(), "text");
        Second at{};
        if (text.starts_with(tick_prefix) && from_text(text.substr(tick_prefix.size()), at))
            seen[field(status.as_object(), "account")].insert(at);
    }
    for (const auto& [account, ticks] : seen)
        for (Second at = *ticks.begin(); at <= *ticks.rbegin(); at += tick_step)
            wanted.push_back({account, std::string{tick_prefix} + to_text(at), {}});
}

} // namespace

Verdict judge(std::vector<Wanted> wanted, const json::array& statuses) {
    add_ticks(wanted, statuses);
    std::map<Where, std::vector<const json::object*>> there;
    for (const json::value& status : statuses) {
        const json::object& one = status.as_object();
        there[{field(one, "account"), field(one, "text")}].push_back(&one);
    }
    Verdict verdict;
    for (const Wanted& one : wanted) {
        const Where place{one.account, one.text};
        const auto found = there.find(place);
        if (found == there.end()) {
            verdict.lost.push_back(show(place));
            continue;
        }
        if (found->second.size() > 1)
            verdict.doubled.push_back(show(place) + ", " + std::to_string(found->second.size()) + " times");
        for (const json::object* status : found->second)
            if (const std::string wrong = wrong_media(one, *status); !wrong.empty())
                verdict.wrong.push_back(show(place) + ' ' + wrong);
        there.erase(found);
    }
    for (const auto& [place, list] : there)
        verdict.wrong.push_back(show(place) + " was never asked for");
    return verdict;
}

Verdict judge_outbox(const std::vector<json::object>& outbox, const json::array& statuses) {
    Verdict verdict;
    std::set<std::string> ids;
    for (const json::value& status : statuses)
        ids.insert(field(status.as_object(), "id"));
    std::set<std::string> settled;
    for (const json::object& post : outbox) {
        const std::string name = "post " + field(post, "id") + " (" + field(post, "text") + ")";
        const std::string id = field(post, "status_id");
        if (field(post, "state") != "published")
            verdict.lost.push_back(name + " is " + field(post, "state") + ": " + field(post, "reason"));
        else if (ids.count(id) == 0)
            verdict.wrong.push_back(name + " is published as " + id + ", which the server has not got");
        else if (!settled.insert(id).second)
            verdict.doubled.push_back(name + " is published as " + id + ", and so is another post");
    }
    for (const std::string& id : ids)
        if (settled.count(id) == 0)
            verdict.wrong.push_back("status " + id + " is no post's of the outbox");
    return verdict;
}

} // namespace crier::crash
