#pragma once

#include "plugin/folder_listing.hpp"
#include "plugin/reader.hpp"
#include "ports/clock.hpp"
#include "ports/folder_watcher.hpp"
#include "ports/source.hpp"
#include "ports/worker_pool.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace crier::plugin {

/// A source whose items are the files of a folder. One that has been posted is moved away, if it is so
/// configured: then a file that comes later under the same name is another item.
class FolderSource final : public Source {
public:
    /// `watcher` may be null.
    FolderSource(std::shared_ptr<Reader> reader, SourceFolder folder, WorkerPool& pool, Clock& clock,
                 FolderWatcher* watcher);

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;
    boost::asio::awaitable<Result<>> settle(Fate fate) override;
    void watch(std::function<void()> changed) override;

private:
    /// What is there now, by the item's id.
    struct Present {
        std::vector<std::string> names; ///< the file, and what goes with it; relative
        Instant changed{};
    };

    [[nodiscard]] boost::asio::awaitable<void> read(FoundFile file, SourceYield& yield);
    /// Media of an item as absolute paths; false: one of them is still being written.
    [[nodiscard]] bool find_media(const FoundFile& file, Item& item, Present& present, SourceYield& yield);
    void let_go_of_items();
    [[nodiscard]] std::string id_of(const std::string& name) const;
    [[nodiscard]] boost::asio::awaitable<Result<>> move(std::string into, std::vector<std::string> names,
                                                        std::string words);

    std::shared_ptr<Reader> reader_;
    SourceFolder folder_;
    WorkerPool& pool_;
    Clock& clock_;
    FolderWatcher* watcher_;
    std::unique_ptr<FolderWatch> watch_;
    std::function<void()> changed_;
    std::map<std::string, Present> present_;
    /// How often a name has come anew, for those that have.
    std::map<std::string, int> again_;
    bool read_before_ = false;
};

} // namespace crier::plugin
