#include "core/rates/table.hpp"

namespace crier::rates {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr unsigned with_token = mask(Call::publish) | mask(Call::upload) | mask(Call::media_state) |
                                mask(Call::probe) | mask(Call::edit) | mask(Call::remove) | mask(Call::pin);
constexpr unsigned without_token = mask(Call::profile) | mask(Call::look_up) | mask(Call::page);

/// Hard-coded in Mastodon (config/initializers/rack_attack.rb, app/lib/rate_limiter.rb).
const std::vector<Rule> mastodon{
    {"api", 300, minutes{5}, Scope::own, with_token, false, "requests"},
    {"user", 1500, minutes{5}, Scope::own, with_token, false, "requests"},
    {"media", 30, minutes{30}, Scope::own, mask(Call::upload), false, "uploads"},
    {"deletes", 30, minutes{30}, Scope::own, mask(Call::remove), false, "deletions"},
    {"statuses", 300, hours{3}, Scope::own, mask(Call::publish) | mask(Call::edit), true, "posts"},
    {"anonymous", 300, minutes{5}, Scope::address, without_token, false, "requests without a token"},
    {"paging", 300, minutes{15}, Scope::address, mask(Call::page), false, "pages"},
};

/// By address, whatever the token (internal/middleware/ratelimit.go).
const std::vector<Rule> gotosocial{
    {"address", 300, minutes{5}, Scope::address, with_token | without_token, false, "requests"},
};

const std::vector<Rule> untold;

} // namespace

const std::vector<Rule>& table_of(std::string_view software) {
    if (software == "mastodon" || software == "glitch" || software == "hometown")
        return mastodon;
    if (software == "gotosocial")
        return gotosocial;
    return untold;
}

} // namespace crier::rates
