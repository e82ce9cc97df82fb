#include "config/inbound.hpp"

#include "config/accounts.hpp"
#include "config/address.hpp"
#include "config/each_text.hpp"
#include "config/listen_address.hpp"
#include "config/words.hpp"
#include "core/subscription.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace crier::config {
namespace {

constexpr std::size_t body_mebibyte = std::size_t{1} << 20U;

bool is_local(const InboundSettings& inbound) {
    return std::all_of(inbound.listen.begin(), inbound.listen.end(),
                       [](const ListenAddress& address) { return is_this_machine(address); });
}

bool is_path_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-._~/"}.find(c) != std::string_view::npos;
}

std::string read_path(Scope& scope, const std::string& name, const GivenText& given, const Path& path) {
    if (!given || given.value.empty())
        return "/hooks/" + name;
    const std::string_view text = given.value;
    const bool good = text.front() == '/' && text.size() > 1 && text.size() <= 200 &&
                      std::all_of(text.begin(), text.end(), is_path_character) &&
                      text.find("//") == std::string_view::npos && text.find("/.") == std::string_view::npos;
    if (good && text.starts_with(hub_path))
        scope.problems().error(path, given.at, "hubs come to " + std::string{hub_path} + ": it is taken",
                               "/hooks/" + name);
    if (!good)
        scope.problems().error(path, given.at, quoted(text) + " is no path to hear at",
                               "it begins with / and has letters, digits and -._~/ : /hooks/" + name);
    return std::string{text};
}

/// Who may send must be known, but for what this machine sends to itself and a person has said so.
void check_proof(Scope& scope, const SourceDraft& said, Ref at, const Path& path) {
    Problems& problems = scope.problems();
    const Path below{&path, "unsigned"};
    if (!said.secret && !said.unsigned_.value) {
        problems.error_at(path, at, at.key_position(), "the source has no secret: anybody could make it post",
                          "secret: {env: HOOK_SECRET}, and the same one at the sender");
    } else if (said.secret && said.unsigned_.value) {
        problems.error(below, said.unsigned_.at, "the source has a secret, so what is sent must be signed",
                       "leave out one of the two");
    } else if (said.unsigned_.value && scope.inbound && !is_local(*scope.inbound)) {
        problems.error(
            below, said.unsigned_.at,
            "anybody on the network could make it post: `inbound: listen:` is more than this machine",
            "listen at 127.0.0.1 alone, or give the source a secret");
    } else if (said.unsigned_.value) {
        problems.warning(
            below, said.unsigned_.at,
            "whoever reaches this machine's address can make it post, and so can all that a proxy "
            "lets through",
            "a secret is better wherever the sender can have one");
    }
}

/// By which hubs reach us: the path may lead anywhere at the web server before.
std::string read_public_url(Scope& scope, const GivenText& given, const Path& path) {
    std::string_view text = given.value;
    while (text.ends_with('/'))
        text.remove_suffix(1);
    const auto address = parse_address(text);
    if (!address) {
        scope.problems().error(path, given.at, address.error().message,
                               "as others reach it: https://bot.example.org");
        return {};
    }
    if (address->rest.find_first_of("?#") != std::string_view::npos || text.size() > 500) {
        scope.problems().error(path, given.at, "an address without ? and # is needed: more is put behind it",
                               "https://bot.example.org, or with a path");
        return {};
    }
    if (is_private(address->host))
        scope.problems().warning(path, given.at,
                                 "this address is on this machine or in a private network: a hub elsewhere "
                                 "cannot reach it",
                                 "the address by which the web server before `listen` is reached");
    else if (!address->https)
        scope.problems().warning(path, given.at, "without https, anyone on the way can read what is pushed",
                                 "write https:// if the web server has it");
    return std::string{text};
}

} // namespace

std::optional<InboundSettings> read_inbound(Scope& scope, const Given<InboundDraft>& given,
                                            const Path& path) {
    if (!given)
        return std::nullopt;
    const InboundDraft& said = given.value;
    InboundSettings inbound;
    inbound.most_body = static_cast<std::size_t>(said.max_body.value) * body_mebibyte;
    if (said.url && !said.url.value.empty())
        inbound.url = read_public_url(scope, said.url, Path{&path, "url"});
    const Path below{&path, "listen"};
    if (!said.listen.value)
        return inbound;
    each_text(said.listen.value, below, [&](Ref at, const Path& place) {
        auto address = listen_address(at.text(), "8430");
        if (!address) {
            scope.problems().error(place, at, address.error().message, address.error().hint);
            return;
        }
        const auto same = [&](const ListenAddress& other) {
            return other.host == address->host && other.port == address->port;
        };
        if (std::any_of(inbound.listen.begin(), inbound.listen.end(), same)) {
            scope.problems().error(place, at, quoted(at.text()) + " stands there twice", "once is enough");
            return;
        }
        if (!is_this_machine(*address))
            scope.problems().warning(place, at, "what is sent there comes in the open: crier has no TLS here",
                                     "listen at 127.0.0.1 and let a web server on this machine, with its "
                                     "certificate, hand it on");
        inbound.listen.push_back(std::move(*address));
    });
    return inbound;
}

SourceHook read_hook(Scope& scope, const std::string& name, const SourceDraft& said, Ref at,
                     const Path& path) {
    SourceHook hook;
    hook.path = read_path(scope, name, said.hook, Path{&path, "hook"});
    if (said.secret)
        hook.secret = read_token(scope, said.secret, Path{&path, "secret"});
    if (!scope.inbound_said)
        scope.problems().error_at(path, at, at.key_position(),
                                  "others send to this source, and nothing says where crier listens",
                                  "inbound: {listen: \"127.0.0.1:8430\"}");
    check_proof(scope, said, at, path);
    struct Useless {
        std::string_view key;
        Ref at;
        std::string_view why;
    };
    for (const Useless& one :
         {Useless{"poll", said.poll.at, "it is not looked at: others send when they have something"},
          Useless{"max_per_poll", said.max_per_poll.at,
                  "what is left of a request would not come again; `spacing` spreads its posts"},
          Useless{"first_run", said.first_run.at, "all that is sent is meant; `max_age` and `filter` choose"},
          Useless{"on_demand", said.on_demand.at, "there is nothing that could be drawn from"}})
        if (one.at)
            scope.problems().error_at(Path{&path, one.key}, one.at, one.at.key_position(),
                                      "a source to which others send has no use for it",
                                      "remove it: " + std::string{one.why});
    return hook;
}

void check_hooks(Scope& scope, const Settings& settings, const Given<InboundDraft>& given) {
    std::map<std::string_view, const SourceSettings*> paths;
    for (const SourceSettings& source : settings.sources) {
        if (!source.hook)
            continue;
        const auto [first, fresh] = paths.emplace(source.hook->path, &source);
        if (!fresh)
            scope.problems().list().push_back(
                problem_at(source.place, "sources." + source.name + ".hook",
                           first->second->name + " hears at " + source.hook->path + ", too",
                           "each source has a path of its own"));
    }
    for (const EntrySettings& entry : settings.schedule) {
        const SourceSettings* from = entry.draw ? find_source(settings, entry.draw->from) : nullptr;
        if (from != nullptr && hears(*from))
            scope.problems().list().push_back(
                problem_at(entry.place, "schedule." + entry.name + ".draw.from",
                           "others send to " + from->name + ": there is nothing to draw from",
                           "draw from a source that can be looked at"));
    }
    const auto may_have_hub = [](const SourceSettings& source) {
        return source.websub && source.url.find("://") != std::string::npos;
    };
    const bool hubs = given && !given.value.url.value.empty() &&
                      std::any_of(settings.sources.begin(), settings.sources.end(), may_have_hub);
    if (given && paths.empty() && !hubs && !scope.files.incomplete() && !scope.problems().any_error())
        scope.problems().warning(
            Path{nullptr, "inbound"}, given.at, "no source hears what is sent: nothing will be taken there",
            "a source with plugin: webhook hears, and with `url` feeds are pushed; or remove "
            "`inbound`");
}

} // namespace crier::config
