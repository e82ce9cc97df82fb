#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>
#include <sys/types.h>

namespace crier::commands {

/// A file that comes whole or not at all: written beside its place, onto the disk, and then renamed. What was
/// not put into its place goes with the object.
class NewFile {
public:
    enum class Readers {
        owner,   ///< a secret will stand in it
        secret,  ///< likewise, and for the group that may read the one that is there (0640)
        usual,   ///< as the umask has it, or as the file that is there has it
        service, ///< also the service's own user, whatever root's umask is
    };

    /// Who may read a secret is as it is of the file that is there, or of `like`; a new one of root's is its
    /// folder's owner's.
    [[nodiscard]] static Result<NewFile> write(std::string path, std::string_view text, Readers readers,
                                               const std::string& like = {});

    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile();

    /// Where it stands until place().
    [[nodiscard]] const std::string& beside() const noexcept { return beside_; }
    [[nodiscard]] Result<> place();

private:
    NewFile(std::string path, std::string beside);

    std::string path_;
    std::string beside_; ///< empty: in its place, or moved from
};

} // namespace crier::commands
