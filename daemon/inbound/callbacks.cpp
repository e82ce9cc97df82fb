#include "inbound/callbacks.hpp"

#include "core/ascii.hpp"
#include "inbound/hub_signature.hpp"
#include "inbound/length.hpp"

#include <utility>

namespace crier::inbound {

namespace asio = boost::asio;

namespace {

/// A challenge is sent back to whoever asks: not as a means to send much.
constexpr std::size_t longest_challenge = 1024;

/// Until something that was not taken should be pushed again, in seconds.
constexpr std::string_view push_again_after = "30";

LocalResponse plain(int status, std::string text) {
    LocalResponse response{status, std::move(text)};
    response.content_type = "text/plain; charset=utf-8";
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return response;
}

LocalResponse again_later(const std::string& why) {
    LocalResponse response = plain(503, why + "\n");
    response.headers.emplace_back("Retry-After", push_again_after);
    return response;
}

/// The first value of this name; empty: there is none.
std::string_view in_query(const LocalRequest& request, std::string_view name) {
    for (const auto& [known, value] : request.query)
        if (known == name)
            return value;
    return {};
}

std::string_view id_in(const LocalRequest& request) {
    return std::string_view{request.path}.substr(hub_path.size());
}

std::string_view words_of(HubProof proof) {
    switch (proof) {
    case HubProof::none:
        return "it is not signed";
    case HubProof::unknown:
        return "it is signed by a method that is not known here";
    default:
        return "its signature does not fit what it says and the subscription's secret";
    }
}

} // namespace

LocalResponse Callbacks::refused(const std::string& source, int status, const std::string& why) {
    if (const auto kept_back = seldom_.may_say(source + " " + std::to_string(status), ports_.clock.mono()))
        ports_.log.warning(
            "websub.refused",
            (source.empty() ? std::string{"what a hub sent"} : "what a hub sent for " + source) +
                " was refused (" + std::to_string(status) + "): " + why + and_before(*kept_back, "so were"),
            {{"source", source}, {"status", std::to_string(status)}});
    return plain(status, why + "\n");
}

/// As the Recommendation lets a subscriber do who takes nothing of it (7.1).
LocalResponse Callbacks::looked_at(const std::string& source, const std::string& why) {
    if (const auto kept_back = seldom_.may_say(source + " looked at", ports_.clock.mono()))
        ports_.log.info("websub.looked_at",
                        source + ": what a hub pushed is looked for at the source itself: " + why +
                            and_before(*kept_back, "so it was with"),
                        {{"source", source}});
    return plain(202, {});
}

std::optional<LocalResponse> Callbacks::check_head(const LocalRequest& request) {
    const Subscription* subscription = ports_.find(id_in(request));
    if (subscription == nullptr && ports_.shared)
        return again_later("another of the daemons may have asked for that");
    if (subscription == nullptr)
        return refused({}, 404, "nobody here has asked for that");
    const std::string source = subscription->source;
    if (request.method == "GET")
        return std::nullopt;
    if (request.method != "POST") {
        LocalResponse response = refused(source, 405, "hubs come with GET and POST");
        response.headers.emplace_back("Allow", "GET, POST");
        return response;
    }
    if (subscription->state == Subscription::State::leaving)
        return plain(410, "nobody wants this any more\n");
    // The body counts only if it is signed, but that there is something new is worth a look. The hub has done
    // its part: it need not try again, nor forget us.
    const std::string_view encoding = request.header("content-encoding");
    if (!encoding.empty() && ascii::lower(encoding) != "identity") {
        ports_.look(subscription->id);
        return looked_at(source, "it is compressed");
    }
    if (const std::string_view length = request.header("content-length"); is_more(length, most_body_)) {
        ports_.look(subscription->id);
        return looked_at(source, "it has " + std::string{length} + " bytes, and " +
                                     std::to_string(most_body_) + " is the most (`inbound: max_body:`)");
    }
    return std::nullopt;
}

void Callbacks::note_refusal(const LocalRequest& request, int status) {
    const Subscription* subscription = ports_.find(id_in(request));
    if (subscription == nullptr)
        return;
    ports_.look(subscription->id);
    (void)looked_at(subscription->source, status == 413 ? "it has more than " + std::to_string(most_body_) +
                                                              " bytes (`inbound: max_body:`)"
                                          : status == 408 ? std::string{"it did not come whole in time"}
                                                          : std::string{"it is no HTTP"});
}

asio::awaitable<LocalResponse> Callbacks::verify(LocalRequest request) {
    const std::string id{id_in(request)};
    const std::string source = ports_.find(id)->source;
    HubQuestion question;
    question.mode = in_query(request, "hub.mode");
    question.topic = in_query(request, "hub.topic");
    question.lease = in_query(request, "hub.lease_seconds");
    question.reason = in_query(request, "hub.reason");
    const std::string challenge{in_query(request, "hub.challenge").substr(0, longest_challenge)};
    const bool denied = question.mode == "denied";
    if (challenge.empty() && !denied)
        co_return refused(source, 404, "a hub asks with hub.mode, hub.topic and hub.challenge");
    const HubAnswer answer = co_await ports_.answer(id, std::move(question));
    if (answer == HubAnswer::later)
        co_return again_later("it could not be recorded");
    if (answer == HubAnswer::refused)
        co_return refused(source, 404, "that was not asked for");
    co_return plain(200, denied ? std::string{} : challenge);
}

asio::awaitable<LocalResponse> Callbacks::push(LocalRequest request) {
    const std::string id{id_in(request)};
    const Subscription& subscription = *ports_.find(id);
    const std::string source = subscription.source;
    const HubProof proof =
        check_hub_signature(request.header("x-hub-signature"), request.body, subscription.secret);
    if (proof == HubProof::none || proof == HubProof::unknown) {
        ports_.look(id);
        co_return looked_at(source, std::string{words_of(proof)});
    }
    if (proof == HubProof::wrong)
        co_return refused(source, 401, std::string{words_of(proof)});
    Heard heard;
    heard.body = std::move(request.body);
    heard.headers = std::move(request.headers);
    const Hearing hearing = co_await ports_.hear(id, std::move(heard));
    switch (hearing.kind) {
    case Hearing::Kind::taken:
        co_return plain(200, {});
    case Hearing::Kind::refused:
        co_return looked_at(source, hearing.why);
    case Hearing::Kind::unknown:
        co_return plain(410, hearing.why + "\n");
    case Hearing::Kind::later:
        break;
    }
    co_return again_later(hearing.why);
}

asio::awaitable<LocalResponse> Callbacks::handle(LocalRequest request) {
    if (auto no = check_head(request))
        co_return std::move(*no);
    if (request.method == "GET")
        co_return co_await verify(std::move(request));
    co_return co_await push(std::move(request));
}

} // namespace crier::inbound
