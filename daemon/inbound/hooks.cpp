#include "inbound/hooks.hpp"

#include "core/ascii.hpp"
#include "inbound/length.hpp"
#include "inbound/signature.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace crier::inbound {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// Until something that was not taken should be sent again.
constexpr std::string_view retry_after = "30";

/// What is about no source.
const std::string nobody;

LocalResponse failure(int status, const std::string& why, const std::string& hint) {
    json::object object;
    object["error"] = why;
    object["hint"] = hint;
    return LocalResponse{status, json::serialize(object) + "\n"};
}

LocalResponse not_now(const std::string& why, const std::string& hint) {
    LocalResponse response = failure(503, why, hint);
    response.headers.emplace_back("Retry-After", retry_after);
    return response;
}

} // namespace

Hooks::Hooks(const Settings& settings, HookPorts ports)
    : ports_(std::move(ports))
    , most_body_(settings.inbound ? settings.inbound->most_body : InboundSettings{}.most_body) {
    for (const SourceSettings& source : settings.sources) {
        if (!source.hook)
            continue;
        Hook hook;
        hook.source = &source;
        if (source.hook->secret)
            hook.secret = ports_.secret(*source.hook->secret);
        hooks_.emplace(source.hook->path, std::move(hook));
    }
}

std::size_t Hooks::check_secrets() {
    std::size_t missing = 0;
    for (const auto& [path, hook] : hooks_) {
        if (!hook.secret)
            continue;
        const Result<Secret> secret = hook.secret->read();
        if (secret)
            continue;
        ++missing;
        ports_.log.error("source.no_secret",
                         hook.source->name + ": " + secret.error().message +
                             ": whatever is sent to it is refused until its secret is there",
                         {{"source", hook.source->name}});
    }
    return missing;
}

Hooks::Hook* Hooks::at(const std::string& path) {
    const auto found = hooks_.find(path);
    return found == hooks_.end() ? nullptr : &found->second;
}

LocalResponse Hooks::refused(const std::string& about, int status, const std::string& why,
                             const std::string& hint) {
    if (const auto kept_back = seldom_.may_say(about + " " + std::to_string(status), ports_.clock.mono()))
        ports_.log.warning("inbound.refused",
                           (about.empty() ? std::string{"what was sent"} : "what was sent to " + about) +
                               " was refused (" + std::to_string(status) + "): " + why +
                               and_before(*kept_back, "so were") + "; " + hint,
                           {{"source", about}, {"status", std::to_string(status)}});
    return failure(status, why, hint);
}

std::optional<LocalResponse> Hooks::check_head(const LocalRequest& request) {
    const Hook* hook = at(request.path);
    if (hook == nullptr)
        return refused(nobody, 404, "there is nothing here",
                       "a source hears at /hooks/ and its name, or where its `hook` says");
    const std::string& name = hook->source->name;
    if (request.method != "POST") {
        LocalResponse response = refused(name, 405, "a hook takes POST", "send what there is with POST");
        response.headers.emplace_back("Allow", "POST");
        return response;
    }
    const std::string_view encoding = request.header("content-encoding");
    if (!encoding.empty() && ascii::lower(encoding) != "identity")
        return refused(name, 415, "the body is compressed", "send it as it is, without Content-Encoding");
    if (hook->secret)
        if (const SignatureVerdict verdict = look_for_signature(request.headers); !verdict.good)
            return refused(name, 401, verdict.why, verdict.hint);
    // The server refuses it, too, but does not say so to anybody here.
    if (const std::string_view length = request.header("content-length"); is_more(length, most_body_))
        return refused(name, 413,
                       "the body has " + std::string{length} + " bytes, and " + std::to_string(most_body_) +
                           " is the most",
                       "the sender should send less, or `inbound: max_body:` allow more");
    return std::nullopt;
}

void Hooks::note_refusal(const LocalRequest& request, int status) {
    const Hook* hook = at(request.path);
    if (hook == nullptr)
        return;
    const std::string& name = hook->source->name;
    if (status == 413)
        (void)refused(name, status, "the body has more than " + std::to_string(most_body_) + " bytes",
                      "the sender should send less, or `inbound: max_body:` allow more");
    else if (status == 408)
        (void)refused(name, status, "the request did not come whole in time",
                      "the way from the sender is too slow, or it gave up");
    else
        (void)refused(name, status, "its body is no HTTP",
                      "look at what stands between the sender and crier");
}

std::optional<LocalResponse> Hooks::check_signed(const Hook& hook, const LocalRequest& request) {
    if (!hook.secret)
        return std::nullopt;
    const std::string& name = hook.source->name;
    const Result<Secret> secret = hook.secret->read();
    if (!secret) {
        (void)refused(name, 503, secret.error().message, "put the secret there that the sender has");
        return not_now("the source's secret is not there", "its owner must put it where `secret` says");
    }
    const SignatureVerdict verdict =
        check_signature(request.headers, request.body, secret->reveal(), ports_.clock.now());
    if (!verdict.good)
        return refused(name, 401, verdict.why, verdict.hint);
    return std::nullopt;
}

LocalResponse Hooks::answer(const Hearing& hearing) const {
    switch (hearing.kind) {
    case Hearing::Kind::taken: {
        json::object object;
        object["items"] = hearing.items;
        object["posts"] = hearing.posts;
        return LocalResponse{200, json::serialize(object) + "\n"};
    }
    case Hearing::Kind::refused:
        return failure(422, hearing.why, hearing.hint);
    case Hearing::Kind::unknown:
        return failure(404, "there is nothing here", {});
    case Hearing::Kind::later:
        break;
    }
    return not_now(hearing.why, hearing.hint);
}

asio::awaitable<LocalResponse> Hooks::handle(LocalRequest request) {
    if (auto no = check_head(request))
        co_return std::move(*no);
    const Hook& hook = *at(request.path);
    if (auto no = check_signed(hook, request))
        co_return std::move(*no);
    Heard heard;
    heard.body = std::move(request.body);
    heard.headers = std::move(request.headers);
    std::erase_if(heard.headers, [](const auto& header) { return is_proof(header.first); });
    std::string source = hook.source->name;
    const Hearing hearing = co_await ports_.hear(source, std::move(heard));
    if (hearing.kind == Hearing::Kind::later)
        if (const auto kept_back = seldom_.may_say(source + " later", ports_.clock.mono()))
            ports_.log.warning("inbound.put_off",
                               "what was sent to " + source +
                                   " was not taken (503), and should come again: " + hearing.why +
                                   and_before(*kept_back, "so it was with"),
                               {{"source", source}});
    co_return answer(hearing);
}

} // namespace crier::inbound
