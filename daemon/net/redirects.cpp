#include "net/redirects.hpp"

namespace crier::net {

namespace {

constexpr int most_redirects = 5;

} // namespace

Result<Url> Redirects::follow(const Url& at, const HttpResponse& response) {
    if (++hops_ > most_redirects)
        return Failure{Cause::server,
                       first_ + " leads from one address to the next, more than " +
                           std::to_string(most_redirects) + " times",
                       "open it in a browser, and use the address where that ends"};
    Result<Url> next = resolve_url(at, response.header("Location"));
    if (!next)
        return Failure{Cause::server, at.shown() + " leads to no usable address: " + next.error().message,
                       "its operator must mend that"};
    if (secret_ && at.tls && !next->tls)
        return Failure{Cause::server, at.shown() + " leads from https to plain " + next->shown(),
                       "its operator must mend that"};
    // What goes on in the clear may be anybody's: it is followed for now, and is no new address.
    const bool downward = at.tls && !next->tls;
    only_permanent_ = only_permanent_ && !downward && (response.status == 301 || response.status == 308);
    if (only_permanent_)
        moved_to_ = next->text();
    return next;
}

bool is_redirect(const HttpResponse& response) {
    switch (response.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return !response.header("Location").empty();
    default:
        return false;
    }
}

} // namespace crier::net
