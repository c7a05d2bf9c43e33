package dev.weir.model;

import java.util.List;
import java.util.Optional;

/** The models of this installation, in the order of the configuration; the first is the default. */
public interface ModelCatalogue {

    /** Without any models. */
    ModelCatalogue NONE = new ModelCatalogue() {
        @Override
        public List<ModelSpec> specs() {
            return List.of();
        }

        @Override
        public Optional<StreamingModel> model(String name) {
            return Optional.empty();
        }
    };

    List<ModelSpec> specs();

    Optional<StreamingModel> model(String name);

    /**
     * The moderation of a model's provider; empty when there is no such model, or its provider has none.
     *
     * @param name the model's name in the catalogue
     * @param moderationModel the provider's name of its moderation model
     */
    default Optional<Moderation> moderation(String name, String moderationModel) {
        return Optional.empty();
    }
}
