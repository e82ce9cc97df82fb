#include "core/shorteners.hpp"

#include "core/identity.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace crier {
namespace {

/// Those that bots and services between feeds and timelines use. Hosts alone: a newspaper's own (nyti.ms) is
/// one, too.
constexpr std::array<std::string_view, 45> hosts{
    "t.co",       "bit.ly",      "j.mp",    "buff.ly", "ow.ly",       "ift.tt",     "dlvr.it",
    "goo.gl",     "tinyurl.com", "is.gd",   "v.gd",    "lnkd.in",     "fb.me",      "wp.me",
    "trib.al",    "cutt.ly",     "rb.gy",   "t.ly",    "shorturl.at", "tiny.cc",    "bl.ink",
    "rebrand.ly", "hubs.ly",     "hubs.la", "spr.ly",  "po.st",       "soo.gd",     "s.id",
    "amzn.to",    "nyti.ms",     "bbc.in",  "cnn.it",  "wapo.st",     "reut.rs",    "econ.st",
    "on.ft.com",  "on.wsj.com",  "zpr.io",  "snip.ly", "shar.es",     "mailchi.mp", "feedproxy.google.com",
    "tmblr.co",   "redd.it",     "flip.it"};

} // namespace

bool is_shortened(std::string_view link) {
    const std::string address = canonical_link(link);
    std::string_view host = std::string_view{address}.substr(0, address.find_first_of("/?#:"));
    if (host.starts_with("www."))
        host.remove_prefix(4);
    return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

} // namespace crier
