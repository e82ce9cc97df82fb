#pragma once

#include "config/tree.hpp"
#include "core/failure.hpp"

#include <memory>
#include <string>

namespace crier::config {

/// Files as they were parsed, in a folder, so that a configuration of a hundred thousand entries that
/// has not changed starts in a third of the time. A file of another text, of another version of the program
/// or with a byte that is wrong is as if it were not there.
///
/// The folder is trusted as the configuration itself is: who writes there can have anything posted.
class TreeCache {
public:
    /// Of files from this size on: what is smaller is parsed as soon as it would be found. It goes by the
    /// file, for a large configuration is split over many as a rule.
    static constexpr std::size_t worth_keeping = 16U << 10U;

    /// An empty folder's name: nothing is found or kept.
    explicit TreeCache(std::string folder)
        : folder_(std::move(folder)) {}

    /// Null: it is not there, and `text` is as before.
    [[nodiscard]] std::unique_ptr<Document> find(const std::string& file, std::string& text) const;

    /// Only what was parsed without a problem: of a warning nobody would hear again. The failure names the
    /// file that could not be written.
    [[nodiscard]] Result<> keep(const Document& document) const;

private:
    [[nodiscard]] bool keeps(const std::string& text) const noexcept {
        return !folder_.empty() && text.size() >= worth_keeping;
    }
    [[nodiscard]] std::string name_of(const std::string& file) const;

    std::string folder_;
};

} // namespace crier::config
