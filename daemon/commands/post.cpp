#include "admin/order_json.hpp"
#include "commands/commands.hpp"
#include "commands/daemon.hpp"

#include <climits>

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <random>
#include <thread>

namespace crier::commands {

namespace json = boost::json;

namespace {

/// How often --wait looks, and for how long at most.
constexpr auto look_every = std::chrono::milliseconds{100};
constexpr auto look_until = std::chrono::minutes{10};

/// Without --key each call is a post of its own; kept over this call's own reconnects.
std::string fresh_key() {
    std::random_device device;
    return digest_of(std::to_string(device()) + std::to_string(device()) + std::to_string(device()) +
                     std::to_string(device()))
        .hex();
}

Result<std::vector<Media>> media_of(const PostOptions& options) {
    std::vector<Media> list;
    if (options.alt.size() > options.media.size())
        return Failure{Cause::usage, "there are more --alt than --media",
                       "each --alt describes the --media before it"};
    for (std::size_t i = 0; i < options.media.size(); ++i) {
        char resolved[PATH_MAX];
        if (::realpath(options.media[i].c_str(), resolved) == nullptr)
            return Failure{Cause::usage, options.media[i] + ": there is no such file"};
        Media media;
        media.file = resolved;
        if (i < options.alt.size())
            media.alt = options.alt[i];
        if (media.alt.empty())
            return Failure{Cause::usage, options.media[i] + " has no description",
                           "say what it shows with --alt, for those who cannot see it"};
        list.push_back(std::move(media));
    }
    return list;
}

Result<engine::PostOrder> order_of(const PostOptions& options) {
    engine::PostOrder order;
    order.account = options.account;
    order.spoiler_text = options.spoiler_text;
    order.key = options.key.empty() ? fresh_key() : options.key;
    order.status = options.text;
    if (options.text == "-") {
        order.status.assign(std::istreambuf_iterator<char>{std::cin}, {});
        while (!order.status.empty() && order.status.back() == '\n')
            order.status.pop_back();
    }
    if (!options.visibility.empty()) {
        order.visibility = parse_visibility(options.visibility);
        if (!order.visibility)
            return Failure{Cause::usage,
                           "--visibility is public, unlisted, private or direct, not " + options.visibility};
    }
    if (!options.language.empty())
        order.language = options.language;
    if (!options.at.empty()) {
        order.at = from_rfc3339(options.at);
        if (!order.at)
            return Failure{Cause::usage, "--at does not read as a time: " + options.at,
                           "write it with its zone, as 2026-12-24T18:00:00+01:00"};
    }
    Result<std::vector<Media>> media = media_of(options);
    if (!media)
        return media.error();
    order.media = std::move(*media);
    return order;
}

/// Follows the post until it comes to an end or to a stop.
int wait_for(const Invocation& call, Daemon& daemon, std::int64_t id) {
    const auto until = std::chrono::steady_clock::now() + look_until;
    while (std::chrono::steady_clock::now() < until) {
        const Result<json::object> post = daemon.get("/v1/outbox/" + std::to_string(id));
        if (!post)
            return fail(call, post.error());
        if (!daemon.running())
            return fail(call, Failure{Cause::temporary, "no daemon is running; the post waits in the outbox",
                                      "start it: systemctl start crier, or crier run"});
        const std::string state{post->at("state").as_string()};
        if (state == "published") {
            call.json ? print(call, *post)
                      : void(call.out << std::string{post->at("status_url").as_string()} << '\n');
            return exit_ok;
        }
        if (state == "failed" || state == "held" || state == "expired" || state == "cancelled")
            return fail(call, Failure{Cause::server, "post " + std::to_string(id) + " is " + state + ": " +
                                                         std::string{post->at("reason").as_string()}});
        std::this_thread::sleep_for(look_every);
    }
    return fail(call, Failure{Cause::temporary, "post " + std::to_string(id) + " is still on its way",
                              "crier outbox show " + std::to_string(id)});
}

} // namespace

int post(const Invocation& call, const PostOptions& options) {
    const auto settings = load_settings(call);
    if (!settings)
        return exit_config;
    const Result<engine::PostOrder> order = order_of(options);
    if (!order)
        return fail(call, order.error());
    Daemon daemon{call, *settings};
    const Result<json::object> answer = daemon.post("/v1/posts", admin::to_json(*order));
    if (!answer)
        return fail(call, answer.error());
    const std::int64_t id = answer->at("id").as_int64();
    if (options.wait)
        return wait_for(call, daemon, id);
    if (call.json) {
        print(call, *answer);
    } else {
        call.out << id << '\n';
        if (answer->at("known").as_bool())
            call.err << "the key is known: this is the post from then, and it is "
                     << std::string{answer->at("state").as_string()} << '\n';
        if (!daemon.running())
            call.err << "no daemon is running: the post waits in the outbox until one does\n";
    }
    return exit_ok;
}

} // namespace crier::commands
