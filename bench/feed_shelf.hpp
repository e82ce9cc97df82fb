#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace crier::bench {

/// Feeds that never change: "/plain/ITEMS/NAME" says nothing of that, "/tagged/ITEMS/NAME" has an ETag and is
/// not sent to whoever shows it.
class FeedShelf {
public:
    using Request = boost::beast::http::request<boost::beast::http::string_body>;
    using Response = boost::beast::http::response<boost::beast::http::string_body>;

    [[nodiscard]] static bool has(std::string_view target);
    /// All but its length and whether the connection stays.
    [[nodiscard]] Response answer(const Request& request);
    /// {"looks","unchanged","bodies","again_bytes"}; the last are of tagged feeds that had been sent before.
    [[nodiscard]] std::string stats() const;

private:
    [[nodiscard]] const std::string& text(std::size_t items);

    std::map<std::size_t, std::string> texts_; ///< by their number of items
    std::set<std::string, std::less<>> sent_;  ///< tagged ones
    std::uint64_t looks_ = 0;
    std::uint64_t unchanged_ = 0;
    std::uint64_t bodies_ = 0;
    std::uint64_t again_bytes_ = 0;
};

} // namespace crier::bench
