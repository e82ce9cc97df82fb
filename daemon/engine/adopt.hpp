#pragma once

#include "core/settings.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crier::engine {

/// What an account posted before crier did: links that its sources' items may have.
struct AdoptOrder {
    struct Link {
        std::string link;
        std::string words; ///< of the status that had it
    };
    std::string account; ///< empty: the only one
    std::string source;  ///< empty: all that post to the account
    std::vector<Link> links;

    AdoptOrder() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
};

struct Adopted {
    std::size_t adopted = 0; ///< links that one of the sources did not know
    std::size_t known = 0;   ///< links that all of them knew
    std::vector<std::string> sources;

    Adopted() = default;
};

/// The most links of one order: one transaction for each source.
inline constexpr std::size_t most_adopted = 500;

/// The sources that are meant; a failure says why there are none.
[[nodiscard]] Result<std::vector<std::string>>
sources_to_adopt(const Settings& settings, const std::string& account, const std::string& source);

/// Notes the links as seen, as an item with that link and no id would be. What is known stays as it is, so a
/// repeat changes nothing. No source's first run is over by it.
[[nodiscard]] boost::asio::awaitable<Result<Adopted>> adopt_links(Store& store, const Settings& settings,
                                                                  Instant now, AdoptOrder order);

} // namespace crier::engine
