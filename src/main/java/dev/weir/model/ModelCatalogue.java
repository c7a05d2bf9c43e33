package dev.weir.model;

import java.util.List;
import java.util.Optional;

/** The models of this installation, in the order of the configuration; the first is the default. */
public interface ModelCatalogue {

    List<ModelSpec> specs();

    Optional<StreamingModel> model(String name);
}
