#include "commands/account_page.hpp"

#include "commands/run_coroutine.hpp"
#include "core/text/plain.hpp"

#include <ostream>
#include <utility>

namespace crier::commands {

namespace {

Failure unreadable(const AccountSettings& account, const LookResult& look) {
    const std::string page = "the page of @" + account.handle + " on " + account.server;
    if (look.sight == Sight::gone)
        return Failure{Cause::config, account.server + " has no account @" + account.handle,
                       "accounts." + account.name +
                           ".handle: the name without the server, as it stands in the address of its page"};
    if (look.sight == Sight::closed)
        return Failure{
            Cause::server, page + " is not shown to those whom the server does not know: " + look.text,
            account.evidence ? "the token under `evidence:` must have read:accounts and read:statuses"
                             : "a second token under `evidence:`, with read:accounts and "
                               "read:statuses, may read it"};
    std::string hint = "try again later";
    if (look.again)
        hint = "try again at " + show_time(look.again);
    return Failure{look.unreachable ? Cause::network : Cause::server, page + " cannot be read: " + look.text,
                   hint};
}

} // namespace

Result<Instant> since_of(const std::string& text, Instant now) {
    if (const auto when = parse_past(text, now))
        return *when;
    return Failure{Cause::usage, "--since " + text + " is no time",
                   "a time with its zone (2026-11-24T09:00:00Z), or how long ago (7d)"};
}

Result<mastodon::LookBack> read_page(const Invocation& call, const Settings& settings,
                                     const AccountSettings& account, std::optional<Instant> since) {
    if (account.handle.empty())
        return Failure{Cause::config, "whose page is meant? accounts." + account.name + " has no `handle`",
                       "handle: its name, without the server"};
    boost::asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, settings, log};
    const auto evidence = composition.evidence(account);
    mastodon::Reader reader{account, composition.http(), composition.clock(), evidence.get()};
    const AccountSight person = run_coroutine(context, reader.find_account(account.handle));
    if (person.sight != Sight::seen)
        return unreadable(account, person);
    const bool shows = call.terminal && !call.json;
    const auto progress = [&](const mastodon::LookBack& page) {
        if (shows && page.pages > 1)
            call.err << "\r" << account.name << ": " << told(page) << std::flush;
    };
    mastodon::LookBack page = run_coroutine(
        context, mastodon::look_back(reader, composition.clock(), person.id, since, {}, progress));
    if (shows && page.pages > 1)
        call.err << '\n';
    if (page.pages == 0 && page.failed)
        return unreadable(account, *page.failed);
    return page;
}

std::string told(const mastodon::LookBack& page) {
    return text::counted(page.statuses.size(), "status", "statuses") + " read" +
           (page.oldest ? ", back to " + show_time(page.oldest) : "");
}

} // namespace crier::commands
