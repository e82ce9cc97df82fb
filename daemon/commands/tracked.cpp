#include "commands/tracked.hpp"

#include "commands/folder_files.hpp"
#include "commands/whole_path.hpp"
#include "core/ascii.hpp"
#include "core/git_index.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace crier::commands {
namespace {

constexpr std::size_t largest_index = std::size_t{64} << 20U;

std::string parent_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == 0 ? "/" : slash == std::string::npos ? std::string{} : path.substr(0, slash);
}

/// Where the work tree whose root `folder` is keeps its index; empty: it is the root of none.
std::string index_of(const std::string& folder) {
    const std::string git = (folder == "/" ? "" : folder) + "/.git";
    std::error_code error;
    const auto status = std::filesystem::status(git, error); // a link is as good to git
    if (std::filesystem::is_directory(status))
        return git + "/index";
    if (!std::filesystem::is_regular_file(status))
        return {};
    // A further work tree and a submodule say where theirs is.
    constexpr std::string_view begins = "gitdir: ";
    const std::optional<std::string> says = read_text(real_path(git), 4096);
    if (!says || !says->starts_with(begins))
        return {};
    const std::string place{ascii::trimmed(std::string_view{*says}.substr(begins.size()))};
    return (place.starts_with('/') ? place : folder + "/" + place) + "/index";
}

} // namespace

bool Tracked::has(const std::string& path) {
    std::error_code error;
    const std::string real = std::filesystem::canonical(path, error).string();
    const std::shared_ptr<const WorkTree> tree = error ? nullptr : of(parent_of(real));
    return tree != nullptr && tree->files &&
           tree->files->contains(real.substr(tree->root == "/" ? 1 : tree->root.size() + 1));
}

std::vector<std::string> Tracked::unknown() const {
    std::set<std::string> roots;
    for (const auto& [folder, tree] : folders_)
        if (tree != nullptr && !tree->files)
            roots.insert(tree->root);
    return {roots.begin(), roots.end()};
}

std::shared_ptr<const Tracked::WorkTree> Tracked::of(const std::string& folder) {
    if (const auto known = folders_.find(folder); known != folders_.end())
        return known->second;
    std::shared_ptr<const WorkTree> tree;
    if (const std::string index = index_of(folder); !index.empty()) {
        WorkTree read{folder, std::set<std::string>{}};
        std::error_code error;
        if (std::filesystem::exists(index, error)) { // not before the first `git add`
            const std::optional<std::string> bytes = read_bytes(real_path(index), largest_index);
            read.files = bytes ? tracked_files(*bytes, {}) : std::nullopt;
        }
        tree = std::make_shared<const WorkTree>(std::move(read));
    } else if (folder != "/" && !folder.empty()) {
        tree = of(parent_of(folder));
    }
    folders_.emplace(folder, tree);
    return tree;
}

} // namespace crier::commands
