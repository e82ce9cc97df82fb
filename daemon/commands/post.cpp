#include "admin/order_json.hpp"
#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "commands/post_input.hpp"
#include "core/text/plain.hpp"

#include <chrono>
#include <ostream>
#include <string>
#include <thread>

namespace crier::commands {

namespace json = boost::json;

namespace {

/// How often --wait looks, and for how long at most.
constexpr auto look_every = std::chrono::milliseconds{100};
constexpr auto look_until = std::chrono::minutes{10};

std::string field(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

std::string post_number(std::int64_t id) {
    return "post " + std::to_string(id);
}

/// The post did not go out, and that is nobody's connection or command line: exit code 1 whatever the reason.
int not_published(const Invocation& call, const std::string& message, const std::string& hint) {
    return fail(call, Failure{Cause::cancelled, message, hint});
}

/// Why nothing leaves the account's lane; empty: it does. Cause::temporary: it goes on by itself.
Failure lane_at_rest(Daemon& daemon, const std::string& account) {
    const Result<json::object> status = daemon.get("/v1/status");
    if (!status)
        return {};
    for (const json::value& value : status->at("accounts").as_array()) {
        const json::object& one = value.as_object();
        const std::string state = field(one, "state");
        if (field(one, "name") != account)
            continue;
        const std::string reason = field(one, "reason");
        if (state != "held" && state != "paused") {
            const std::string until = field(one, "until");
            if (until.empty())
                return {};
            return Failure{Cause::temporary, "the account " + account + " sends nothing until " +
                                                 show_time(from_rfc3339(until)) +
                                                 (reason.empty() ? "" : ": " + reason)};
        }
        const std::string action = field(one, "action");
        return Failure{Cause::cancelled,
                       std::string{"the account "}.append(account).append(" is ").append(state) +
                           (reason.empty() ? "" : ": " + reason),
                       state == "paused" ? "crier resume " + account : action};
    }
    return {};
}

/// Follows the post until it comes to an end or to a stop.
int wait_for(const Invocation& call, Daemon& daemon, std::int64_t id) {
    const std::string number = std::to_string(id);
    bool told = false; // that the account sends nothing for now
    const auto until = std::chrono::steady_clock::now() + look_until;
    while (std::chrono::steady_clock::now() < until) {
        const Result<json::object> post = daemon.get("/v1/outbox/" + number);
        if (!post)
            return fail(call, post.error());
        const std::string name = field(*post, "state");
        const PostState state = parse_post_state(name).value_or(PostState::held);
        if (state == PostState::published) {
            if (call.json)
                print(call, *post);
            else
                call.out << field(*post, "status_url") << '\n';
            return exit_ok;
        }
        if (state == PostState::held || is_final(state)) {
            const std::string reason = field(*post, "reason");
            return not_published(call,
                                 post_number(id) + " is " + name + (reason.empty() ? "" : ": " + reason),
                                 "crier outbox show " + number);
        }
        if (!daemon.running() && !daemon.shared())
            return fail(call, Failure{Cause::temporary,
                                      "no daemon is running: " + post_number(id) +
                                          " waits in the outbox for the daemon's next start",
                                      "start it: systemctl start crier, or crier run"});
        if (state == PostState::waiting || state == PostState::ready || state == PostState::retrying) {
            const Failure rest = lane_at_rest(daemon, field(*post, "account"));
            if (rest.cause == Cause::cancelled)
                return not_published(call, post_number(id) + " waits in the outbox: " + rest.message,
                                     rest.hint);
            if (rest.cause == Cause::temporary && !told)
                call.err << post_number(id) << " waits: " << rest.message << std::endl;
            told = told || rest.cause == Cause::temporary;
        }
        std::this_thread::sleep_for(look_every);
    }
    return fail(call, Failure{Cause::temporary, post_number(id) + " is still on its way",
                              "crier outbox show " + number});
}

/// One after the other, as they go out.
int wait_for_all(const Invocation& call, Daemon& daemon, const json::object& answer) {
    int code = wait_for(call, daemon, answer.at("id").as_int64());
    if (const json::value* further = answer.if_contains("further"))
        for (const json::value& id : further->as_array())
            if (code == exit_ok)
                code = wait_for(call, daemon, id.as_int64());
    return code;
}

/// Is it what this call would have posted? Of a thread the first part tells.
bool says(const json::object& post, const engine::PostOrder& order) {
    const std::string text = field(post, "text");
    if (post.at("parts").as_int64() < 2)
        return text == order.status;
    const std::string status = text::strip(order.status);
    return status.starts_with(text) || status.starts_with(text.substr(0, text.rfind("\n\n")));
}

/// The key was there before. That is what it is for, unless this call meant something else by it.
int tell_known(const Invocation& call, Daemon& daemon, const engine::PostOrder& order, std::int64_t id) {
    const Result<json::object> then = daemon.get("/v1/outbox/" + std::to_string(id));
    if (!then)
        return fail(call, then.error());
    if (!says(*then, order))
        return not_published(call,
                             "the key " + order.key + " is known: " + post_number(id) +
                                 " of then, whose text is another, stands; nothing was posted",
                             "another text needs another key");
    call.err << "the key " << order.key << " is known: this is " << post_number(id)
             << " from then, and it is " << field(*then, "state") << '\n';
    return exit_ok;
}

} // namespace

int post(const Invocation& call, const PostOptions& options) {
    const Settings settings = load_for_daemon(call);
    const Result<engine::PostOrder> order = order_of(options, wall_now());
    if (!order)
        return fail(call, order.error());
    Daemon daemon{call, settings};
    const Result<json::object> answer = daemon.post("/v1/posts", admin::to_json(*order));
    if (!answer)
        return fail(call, answer.error());
    const std::int64_t id = answer->at("id").as_int64();
    // At once: whoever waits for the rest, or is stopped while waiting, has the number.
    if (call.json)
        print(call, *answer);
    else
        call.out << id << '\n';
    if (!call.out.flush())
        return fail(call, Failure{Cause::internal,
                                  post_number(id) + " is in the outbox, but standard output does not take "
                                                    "its number",
                                  "crier outbox show " + std::to_string(id)});
    if (answer->at("known").as_bool() && id == 0) {
        call.err
            << "the key " << order->key
            << " is known: its post came to its end long ago, and only the key is left; nothing was posted\n";
        return exit_ok;
    }
    if (answer->at("known").as_bool())
        if (const int code = tell_known(call, daemon, *order, id); code != exit_ok)
            return code;
    if (daemon.running())
        for (const std::string& file : closed_to_owner_of(settings.admin_socket, order->media))
            call.err << "warning: the daemon runs as another user, who may not be let at " << file << '\n';
    if (const json::value* further = answer->if_contains("further"); further != nullptr && !call.json)
        call.err << "a thread of " << further->as_array().size() + 1 << " posts\n";
    if (options.wait)
        return wait_for_all(call, daemon, *answer);
    const auto state = parse_post_state(field(*answer, "state"));
    if (!daemon.running() && !(state && is_final(*state)))
        call.err
            << (daemon.shared()
                    ? "no daemon runs here: the post goes out by whichever works on its account\n"
                    : "no daemon is running: the post waits in the outbox for the daemon's next start\n");
    return exit_ok;
}

} // namespace crier::commands
