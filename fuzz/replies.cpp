// A server's reply: the status code in the first line, headers up to an empty line, and the body.

#include "core/delivery/reply.hpp"
#include "fuzzing.hpp"
#include "mastodon/errors.hpp"
#include "mastodon/rates.hpp"
#include "mastodon/reply.hpp"
#include "mastodon/servers.hpp"

#include <charconv>
#include <string>

using namespace crier;

namespace {

HttpResponse response(fuzz::Input& in) {
    HttpResponse response;
    const auto status = in.line();
    std::from_chars(status.data(), status.data() + status.size(), response.status);
    while (!in.empty()) {
        const auto header = in.line();
        if (header.empty())
            break;
        const auto colon = header.find(": ");
        if (colon != std::string_view::npos)
            response.headers.emplace_back(header.substr(0, colon), header.substr(colon + 2));
    }
    response.body = in.rest();
    response.url = "https://mastodon.example/api/v1/statuses";
    return response;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const HttpResponse reply = response(in);
    const Instant now{std::chrono::microseconds{1'767'600'000'000'000}};
    constexpr std::size_t bounded = 4096;

    for (const auto endpoint : {mastodon::Endpoint::publish, mastodon::Endpoint::upload,
                                mastodon::Endpoint::media_state, mastodon::Endpoint::probe})
        for (const bool unconfirmed : {false, true}) {
            const Reply read = mastodon::classify(endpoint, reply, unconfirmed, now);
            fuzz::must(read.text.size() <= bounded, "a server's words are bounded");
            fuzz::must(read.verdict != Verdict::published || (reply.status >= 200 && reply.status < 300),
                       "only a 2xx publishes");
        }
    const RateNews rates = mastodon::read_rates(reply, now);
    const Duration day = std::chrono::hours{24} + std::chrono::seconds{1}; // and a breath
    fuzz::must(!rates.retry_after || (*rates.retry_after >= Duration{0} && *rates.retry_after <= day),
               "nobody waits longer than a day");
    fuzz::must(!rates.reset || *rates.reset <= now + day, "no window ends later than in a day");
    (void)mastodon::rate_note(reply, now);
    (void)mastodon::server_date(reply);
    if (const auto status = mastodon::read_status(reply.body))
        fuzz::must(!status->id.empty(), "a status has an id");
    if (const auto attachment = mastodon::read_attachment(reply.body))
        fuzz::must(!attachment->id.empty(), "an attachment has an id");
    (void)mastodon::read_instance(reply.body);
    return 0;
}
