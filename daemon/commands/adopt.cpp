#include "engine/adopt.hpp"

#include "commands/account_page.hpp"
#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "core/delivery/page_links.hpp"
#include "core/text/plain.hpp"
#include "engine/orders.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <ostream>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

namespace {

using delivery::PageLink;

/// Links in one order; it is written as one transaction for each source.
constexpr std::size_t links_at_once = 200;

struct Count {
    std::int64_t adopted = 0;
    std::int64_t known = 0;
};

Result<Count> adopt_all(Daemon& daemon, const AccountSettings& account, const std::string& source,
                        const std::vector<PageLink>& links) {
    Count count;
    for (std::size_t at = 0; at < links.size(); at += links_at_once) {
        json::array list;
        for (std::size_t i = at; i < std::min(links.size(), at + links_at_once); ++i) {
            json::object link;
            link["link"] = links[i].link;
            link["text"] = links[i].words;
            list.push_back(std::move(link));
        }
        json::object body;
        body["account"] = account.name;
        body["source"] = source;
        body["links"] = std::move(list);
        const Result<json::object> answer = daemon.post("/v1/adopt", body);
        if (!answer)
            return answer.error();
        count.adopted += answer->at("adopted").as_int64();
        count.known += answer->at("known").as_int64();
    }
    return count;
}

json::array addresses(const std::vector<PageLink>& links) {
    json::array list;
    for (const PageLink& link : links)
        list.push_back(json::value(link.link));
    return list;
}

struct Told {
    const AccountSettings& account;
    const std::vector<std::string>& sources;
    const mastodon::LookBack& page;
    const std::vector<PageLink>& links;
    const std::vector<PageLink>& shortened;
    std::optional<Count> count; ///< nothing: --dry-run
};

void show(const Invocation& call, const Told& told_of) {
    std::string sources;
    for (const std::string& source : told_of.sources)
        sources += (sources.empty() ? "" : ", ") + source;
    call.out << told_of.account.name << ": " << told(told_of.page) << '\n';
    const std::string links = text::counted(told_of.links.size(), "link", "links");
    if (!told_of.count) {
        for (const PageLink& link : told_of.links)
            call.out << "  " << link.link << '\n';
        call.out << links << " would be adopted for " << sources << ", as far as they are not known\n";
    } else {
        call.out << links << " for " << sources << ": " << told_of.count->adopted << " adopted, "
                 << told_of.count->known << " known before\n";
    }
    if (told_of.shortened.empty())
        return;
    call.out << told_of.shortened.size()
             << " of them shortened, and nobody tells where they end: an item is known by them only if the "
                "feed has the same\n";
    for (const PageLink& link : told_of.shortened)
        call.out << "  " << link.link << "  " << link.status << '\n';
}

json::object to_json(const Told& told_of) {
    json::object object;
    object["account"] = told_of.account.name;
    json::array sources;
    for (const std::string& source : told_of.sources)
        sources.push_back(json::value(source));
    object["sources"] = std::move(sources);
    object["dry_run"] = !told_of.count;
    object["statuses"] = told_of.page.statuses.size();
    object["oldest"] =
        told_of.page.oldest ? json::value(to_rfc3339(*told_of.page.oldest)) : json::value(nullptr);
    object["reached"] = told_of.page.reached;
    object["links"] = addresses(told_of.links);
    object["adopted"] = told_of.count ? json::value(told_of.count->adopted) : json::value(nullptr);
    object["known"] = told_of.count ? json::value(told_of.count->known) : json::value(nullptr);
    object["shortened"] = addresses(told_of.shortened);
    return object;
}

} // namespace

int adopt(const Invocation& call, const AdoptOptions& options) {
    const std::optional<Settings> settings = load_settings(call);
    if (!settings)
        return exit_config;
    const Result<const AccountSettings*> account = engine::account_of(*settings, options.account);
    if (!account)
        return fail(call, account.error());
    const Result<std::vector<std::string>> sources =
        engine::sources_to_adopt(*settings, (*account)->name, options.source);
    if (!sources)
        return fail(call, sources.error());
    std::optional<Instant> since;
    if (!options.since.empty()) {
        const Instant now = wall_now();
        const Result<Instant> given = since_of(options.since, now);
        if (!given)
            return fail(call, given.error());
        since = *given;
    }
    const Result<mastodon::LookBack> page = read_page(call, *settings, **account, since);
    if (!page)
        return fail(call, page.error());
    const std::vector<PageLink> links = delivery::links_of(page->statuses);
    std::vector<PageLink> shortened;
    std::copy_if(links.begin(), links.end(), std::back_inserter(shortened),
                 [](const PageLink& link) { return link.shortened; });
    Told told_of{**account, *sources, *page, links, shortened, std::nullopt};
    if (!options.dry_run) {
        Daemon daemon{call, *settings};
        const Result<Count> count = adopt_all(daemon, **account, options.source, links);
        if (!count)
            return fail(call, count.error());
        told_of.count = *count;
    }
    if (call.json)
        print(call, to_json(told_of));
    else
        show(call, told_of);
    if (!page->reached)
        call.err << "crier: " << (*account)->name << " could not be read further back (" << page->why
                 << ")\n    hint: items that are older are not known: keep `first_run` at 0, or set "
                    "`max_age`; what was adopted stays, and a repeat does no harm\n";
    return page->failed ? exit_server : exit_ok;
}

} // namespace crier::commands
